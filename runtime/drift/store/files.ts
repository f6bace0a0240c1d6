import { type Dirent, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { hasCode } from '../../errors.ts';
import { readIfThere, writeWhole } from '../../files.ts';
import { decodeWpf, encodeWpf } from '../profile/wpf.ts';
import { decodeReference, encodeReference, referenceId } from '../reference/codec.ts';
import type { Profile } from '../types.ts';
import type { ProfileStore, RawFile } from './port.ts';

/** The profile store as a folder (`.weir/drift`). Puts are renames: whole or not at all, and the same put twice changes nothing. */
export function filesProfileStore(root: string): ProfileStore {
  mkdirSync(root, { recursive: true });
  const at = (path: string): string => inside(root, path);
  const getText = async (path: string): Promise<string | null> => readIfThere(at(path));
  const putText = async (path: string, text: string): Promise<void> => writeWhole(at(path), text);
  return {
    ...rawFiles(root),
    putProfile: async (path, profile) => writeWhole(at(path), encodeWpf(profile)),
    getProfile: async (path) => readProfile(root, path),
    async putReference(reference) {
      const id = referenceId(reference);
      writeWhole(at(referencePath(id)), encodeReference(reference));
      return id;
    },
    async getReference(id) {
      const text = readIfThere(at(referencePath(id)));
      return text === null ? null : decodeReference(text, referencePath(id));
    },
    async getJson(path) {
      const text = await getText(path);
      return text === null ? null : JSON.parse(text);
    },
    putJson: async (path, value) => putText(path, `${JSON.stringify(value)}\n`),
    putText,
    getText,
    async remove(paths) {
      for (const path of paths) rmSync(at(path), { force: true });
      for (const folder of new Set(paths.map((path) => dirname(at(path))))) removeEmpty(folder);
    },
    list: async (folder) => filesBelow(root, folder),
  };
}

function rawFiles(root: string): Pick<ProfileStore, 'putRaw' | 'listRaw' | 'getRaw'> {
  return {
    async putRaw(profile, brokerTime) {
      const [range, ...more] = profile.coverage;
      if (range === undefined || more.length > 0) throw new Error(`a raw profile covers one range, this one ${profile.coverage.length}`);
      const hour = new Date(brokerTime).toISOString().slice(0, 13);
      const name = `raw/${range.topic}/${range.partition}/${hour}/${range.first}-${range.last}.wpf`;
      writeWhole(inside(root, name), encodeWpf(profile));
      return { ...range, name };
    },
    async listRaw(topic, partition, from = 0) {
      const folder = `raw/${topic}/${partition}`;
      const files = filesBelow(root, folder).flatMap((name): RawFile[] => {
        const range = /\/(\d+)-(\d+)\.wpf$/.exec(name);
        return range === null ? [] : [{ topic, partition, name, first: Number(range[1]), last: Number(range[2]) }];
      });
      return files.filter(({ last }) => last >= from).sort((a, b) => a.first - b.first || (a.name < b.name ? -1 : 1));
    },
    async getRaw(name) {
      const profile = readProfile(root, name);
      if (profile === null) throw new Error(`${name}: there is no such profile`);
      return profile;
    },
  };
}

function readProfile(root: string, path: string): Profile | null {
  try {
    return decodeWpf(readFileSync(inside(root, path)), path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** File names hold `:` nowhere, so that the folder can be copied to any file system. */
const referencePath = (id: string): string => `references/${id.replace(':', '-')}.json`;

/** Tenants, models and topics are parts of paths: none may lead out of the folder. */
function inside(root: string, path: string): string {
  const full = resolve(root, path);
  if (!full.startsWith(resolve(root) + sep)) throw new Error(`${path} leads out of the store`);
  return full;
}

/** Files below a folder as paths of the store, sorted; unfinished writes (`.tmp`) are none. Folders may vanish while it walks. */
function filesBelow(root: string, folder: string): string[] {
  return entriesOf(inside(root, folder))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(root, path);
      return entry.name.endsWith('.tmp') ? [] : [path];
    })
    .sort();
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** A broker hour whose files are all gone leaves no folder behind: a long run has thousands of hours. */
function removeEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].some((code) => hasCode(error, code))) throw error;
  }
}
