/** Lines of progress are no closer than this: an init container's log is read by people. */
const EVERY_MS = 10_000;

/** Counts what is in place, and says so now and then. */
export interface Progress {
  readonly bytes: (count: number) => void;
  readonly file: () => void;
}

export interface ProgressOptions {
  readonly what: string;
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonic: () => number;
  readonly say: (line: string) => void;
}

export function startProgress({ what, files, bytes, monotonic, say }: ProgressOptions): Progress {
  let [doneBytes, doneFiles, said] = [0, 0, monotonic()];
  const look = (): void => {
    const now = monotonic();
    if (now - said < EVERY_MS) return;
    said = now;
    say(`${what}: ${sizeText(doneBytes)} of ${sizeText(bytes)}, ${doneFiles} of ${files} files`);
  };
  return {
    bytes: (count) => {
      doneBytes += count;
      look();
    },
    file: () => {
      doneFiles += 1;
    },
  };
}

/** `950 B`, `1.4 MB`, `20.0 GB`: powers of ten, as S3's own pages count. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${power === 0 ? bytes : (bytes / 1_000 ** power).toFixed(1)} ${units[power]}`;
}
