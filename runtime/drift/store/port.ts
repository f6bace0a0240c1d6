import type { RangeFile } from '../profile/path.ts';
import type { Profile, Reference } from '../types.ts';

/**
 * Where drift keeps what it knows: files on one machine, S3 in the cluster. Every put is whole (a reader sees the old content or the new
 * one) and idempotent, so whoever crashed simply does it again.
 *
 * Layout: `references/<id>.json`, `raw/<topic>/<partition>/<broker hour>/<first>-<last>.wpf`,
 * `hourly/<tenant>/<model>/<version>/<hour>.wpf`, and documents below `state/`, `verdicts/`, `alarms/`, `reports/`.
 */
export interface ProfileStore {
  /** Keeps the profile of one offset range. `brokerTime`: of its last record, milliseconds since 1970. Throws for other than one range. */
  putRaw(profile: Profile, brokerTime: number): Promise<RawFile>;
  /** Files of a partition that hold offsets >= `from` (default all), by first offset, then name. */
  listRaw(topic: string, partition: number, from?: number): Promise<readonly RawFile[]>;
  /** Throws CorruptProfile, naming the file, when it is damaged; Error when it is gone. */
  getRaw(name: string): Promise<Profile>;
  /** Retention: files by path; folders that are empty then go too. No error when a file is gone already. */
  remove(paths: readonly string[]): Promise<void>;
  /** A profile at a path of the caller's below `hourly/` or `batch/`, with `.wpf`. */
  putProfile(path: string, profile: Profile): Promise<void>;
  getProfile(path: string): Promise<Profile | null>;
  /** Stores it under its id, which is returned. */
  putReference(reference: Reference): Promise<string>;
  getReference(id: string): Promise<Reference | null>;
  /** A JSON document at a path below `state/`, `verdicts/`, `alarms/`, `reports/`, with its extension; null: none there. */
  getJson(path: string): Promise<unknown>;
  putJson(path: string, value: unknown): Promise<void>;
  /** A text file, such as a report's HTML. */
  putText(path: string, text: string): Promise<void>;
  getText(path: string): Promise<string | null>;
  /** Paths of the files below a folder, sorted; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
}

export interface RawFile extends RangeFile {
  readonly topic: string;
  readonly partition: number;
}
