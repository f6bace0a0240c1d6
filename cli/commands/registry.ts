import { Command } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { DirectoryRegistry } from '../../runtime/registry/directory.ts';
import type { RegisteredVersion } from '../../runtime/registry/port.ts';
import { type Cli, command, runs } from '../command.ts';
import { type CommonOptions, type Context, stateOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { existingState } from '../platform.ts';
import { columns } from '../table.ts';
import { pushCommand } from './registry-push.ts';

/** `weir registry …`: the immutable versions that rollouts go by. */
export function registryCommand(cli: Cli): Command {
  const list = command('list', 'all versions, with their digests', ['registry list', 'registry list --json']).action(
    runs(cli, (options: CommonOptions) => listVersions(cli.context, options)),
  );
  const show = command('show <model>', 'one version, or all of a model', ['registry show fraud', 'registry show fraud/8 --json']).action(
    runs(cli, (name: string, options: CommonOptions) => showVersions(cli.context, name, options)),
  );
  return new Command('registry').description('push and look up versions of models').addCommand(pushCommand(cli)).addCommand(list).addCommand(show);
}

const open = (context: Context, options: CommonOptions): DirectoryRegistry =>
  new DirectoryRegistry({ directory: existingState(stateOf(context, options)).registry, now: () => context.now() });

async function listVersions(context: Context, options: CommonOptions): Promise<ExitCode> {
  const versions = await open(context, options).list();
  if (options.json === true) context.out(JSON.stringify(versions, null, 2));
  else if (versions.length === 0) context.out('no versions yet: weir registry push DIR --model NAME --version VERSION');
  else context.out(columns([['MODEL', 'VERSION', 'DIGEST', 'REFERENCE', 'CREATED', 'TAGS'], ...versions.map(rowOf)]));
  return EXIT.fine;
}

function rowOf({ model, version, digest, hasReference, createdAt, tags }: RegisteredVersion): readonly string[] {
  const noted = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  return [model, version, shortDigest(digest), hasReference ? 'yes' : 'none', createdAt, noted.join(' ')];
}

/** Twelve hex digits tell versions apart; `--json` gives all. */
const shortDigest = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

async function showVersions(context: Context, name: string, options: CommonOptions): Promise<ExitCode> {
  const [model = '', version, ...more] = name.split('/');
  if (more.length > 0) throw new ArgsError(name, 'is not a model or a version', 'Write MODEL or MODEL/VERSION, such as fraud/8');
  const registry = open(context, options);
  const found = (await registry.list()).filter((one) => one.model === model && (version === undefined || one.version === version));
  if (found.length === 0) throw new ArgsError(name, 'is not in the registry', 'See weir registry list');
  const aliases = await registry.aliases(model);
  if (options.json === true) context.out(JSON.stringify({ aliases, versions: found }, null, 2));
  else context.out(found.map((one) => details(one, aliases)).join('\n\n'));
  return EXIT.fine;
}

function details(
  { model, version, digest, hasReference, createdAt, tags, signature, manifest }: RegisteredVersion,
  aliases: Readonly<Record<string, string>>,
): string {
  const named = Object.entries(aliases).flatMap(([alias, at]) => (at === version ? [alias] : []));
  const pairs = (values: Readonly<Record<string, unknown>>): string =>
    Object.entries(values)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(' ') || 'none';
  const facts: readonly (readonly [string, string])[] = [
    ['digest', digest],
    ['created', createdAt],
    ['aliases', named.join(', ') || 'none'],
    ['reference', hasReference ? 'yes' : 'none: a rollout refuses this version'],
    ['metrics', pairs(manifest.metrics)],
    ['tags', pairs(tags)],
    ['signed by', signature.keyId],
    ['trained at', manifest.lineage.trainedAt],
    ['code', manifest.lineage.code],
    ['data', manifest.lineage.data.map(({ uri, sha256 }) => `${uri} ${sha256}`).join(', ') || 'not recorded'],
    ['parameters', pairs(manifest.lineage.parameters)],
  ];
  const files = manifest.files.map(({ path, bytes, sha256 }) => `    ${path}  ${bytes} bytes  ${sha256}`);
  return [`${model} ${version}`, ...facts.map(([key, value]) => `  ${key.padEnd(10)}  ${value}`), '  files', ...files].join('\n');
}
