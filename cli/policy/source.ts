import type { Finding } from '../../policies/judge.ts';
import type { OptionName, Resource } from '../../policies/resource.ts';
import type { Problem } from '../../runtime/model/read/problem.ts';

/** Where a finding comes from in a file that a person wrote. */
export interface Place {
  /** As a person may name it from where they stand. */
  readonly file: string;
  /** From 1; absent when the file is all that is known. */
  readonly line?: number;
  readonly column?: number;
}

/** Resources to be judged, from wherever: a recorded stack, a state, a preview, manifests. */
export interface Source {
  /** In words, for the first line: `stack prod`, `state.json`, `12 manifests`. */
  readonly title: string;
  readonly resources: readonly Resource[];
  readonly tells: readonly OptionName[];
  /** The setting, the model's file or the manifest's line that caused a finding; null where nobody knows. */
  readonly placeOf: (finding: Pick<Finding, 'rule' | 'resource' | 'path'>) => Place | null;
  /** What was in it and is no resource that could be read, by reason: `3 documents without kind`. */
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  /** Files that could not be read, while the others were judged: the check ends with 2. Default none. */
  readonly unread?: readonly Problem[];
  /** Why it is only a part of a whole, `unchanged resources are not in it`: rules about what is missing would be wrong then. Default: it is whole. */
  readonly partial?: string;
}
