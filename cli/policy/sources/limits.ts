/** Bytes of one state or preview: a resource has some 6 KiB, so that 20,000 fit; read, they take a few times as much. */
export const STATE_BYTES = 128 * 1024 * 1024;
/** Bytes of one file of manifests: all CRDs that Weir installs have 14 MiB together. */
export const MANIFEST_BYTES = 32 * 1024 * 1024;
/** Bytes of one YAML document, which takes 60 times as much while it is read (8 MiB: 530 MB); etcd takes no object above 1.5 MiB. */
export const DOCUMENT_BYTES = 4 * 1024 * 1024;
/** Bytes and files of all that one command is given. */
export const TOTAL_BYTES = 128 * 1024 * 1024;
export const FILES = 20_000;
/** Levels of maps and lists: the deepest CRD of Weir's, a training job's, has 47. */
export const DEPTH = 100;
/** Uses of one anchor times what it holds of others: a bomb needs thousands. */
export const ALIASES = 1_000;

/** `201 MiB`, as a person compares it. */
export const sizeText = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024).toLocaleString('en')} MiB`;

/** Whether maps and lists lie in each other deeper than `DEPTH`. */
export const isTooDeep = (value: unknown): boolean => !everyPart(value, (_part, depth) => depth < DEPTH);

/** Whether a map in it has a key that stands for a method of every object: `Number(map)` would throw, whoever asks. Nothing that is real has one. */
export const hasTrap = (value: unknown): boolean => !everyPart(value, (part) => !Object.hasOwn(part, 'toString') && !Object.hasOwn(part, 'valueOf'));

/** Whether something holds of every map and list. No recursion: what asks may be hostile. */
function everyPart(value: unknown, holds: (part: object, depth: number) => boolean): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (!holds(next.value, next.depth)) return false;
    for (const child of Object.values(next.value)) open.push({ value: child, depth: next.depth + 1 });
  }
  return true;
}
