import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson, sha256Of } from '../canonical-json.ts';
import { ArgsError, hasCode } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { signWith } from './keys.ts';
import { type Layout, versionLayout } from './layout.ts';
import { assertName } from './names.ts';
import type { Manifest, PushRequest, RegisteredVersion } from './port.ts';
import { readVersion, type VersionRecord } from './read.ts';
import { entriesBelow, type Limits, pathsBelow } from './tree.ts';

/**
 * Copies a folder into the registry: staged aside, hashed there, then one rename. What is registered is what was hashed, even when the
 * source changes meanwhile; a process that dies leaves only a staging folder, which the next push removes.
 */
export async function pushInto(
  layout: Layout,
  request: PushRequest,
  { createdAt, limits }: { readonly createdAt: string; readonly limits: Limits },
): Promise<RegisteredVersion> {
  const { model, version } = request;
  assertName('model', model);
  assertName('version', version);
  await removeAbandoned(layout.staging);
  const staged = versionLayout(join(layout.staging, `${process.pid}-${randomUUID()}`));
  try {
    await copyTree(request.directory, staged.files, limits);
    const manifest = await manifestOf(request, staged.files, limits);
    const text = canonicalJson(manifest);
    const record: VersionRecord = { signature: signWith(layout.keys, text), createdAt };
    writeWhole(staged.manifest, text, true);
    writeWhole(staged.record, canonicalJson(record), true);
    await publish(layout, staged.root, manifest);
  } finally {
    await rm(staged.root, { recursive: true, force: true });
  }
  const registered = readVersion(layout, model, version);
  if (registered === null) throw new Error(`${model} ${version} vanished from the registry while it was pushed`);
  return registered;
}

async function copyTree(from: string, to: string, limits: Limits): Promise<void> {
  const paths = await pathsBelow(from, limits).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) throw new ArgsError(from, 'is not a folder', 'Name the folder that holds model.onnx.');
    throw error;
  });
  if (paths.length === 0) throw new ArgsError(from, 'holds no files', 'Name the folder that holds model.onnx.');
  for (const path of paths) {
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, path), target);
    const file = await open(target, 'r+');
    await file.sync(); // the rename must not survive a power loss that the content does not
    await file.close();
    await chmod(target, 0o444);
  }
}

async function manifestOf({ model, version, lineage, metrics }: PushRequest, files: string, limits: Limits): Promise<Manifest> {
  return { kind: 'weir.registry/Manifest', v: 1, model, version, files: await entriesBelow(files, limits), lineage, metrics };
}

/** The staged folder becomes the version. The same content already there is success; other content is refused. */
async function publish(layout: Layout, staged: string, manifest: Manifest): Promise<void> {
  const { model, version } = manifest;
  const target = layout.version(model, version).root;
  await mkdir(dirname(target), { recursive: true });
  try {
    await rename(staged, target); // fails on a folder that is there: a version is never replaced
    return;
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY') && !hasCode(error, 'EEXIST') && !hasCode(error, 'EPERM')) throw error;
  }
  const there = readVersion(layout, model, version);
  if (there?.digest === sha256Of(canonicalJson(manifest))) return;
  const problem = `version ${version} exists with other content (${there?.digest ?? 'unreadable'})`;
  throw new ArgsError(`registry ${model}`, problem, 'Versions never change: push this content under a new version.');
}

/** Staging folders of processes that are gone. */
async function removeAbandoned(staging: string): Promise<void> {
  await mkdir(staging, { recursive: true });
  for (const name of await readdir(staging)) {
    if (!isRunning(Number.parseInt(name, 10))) await rm(join(staging, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
