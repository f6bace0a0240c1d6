import type { Node } from '../graph/node.ts';
import type { Place } from '../graph/world.ts';

/** A stack that a program is run for. */
export interface StackToRecord {
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly place: Place;
}

/** What the recording process is asked. */
export interface RecorderRequest {
  /** The module that exports `environment`, as a URL. */
  readonly program: string;
  /** From the lowest: each is told the outputs of those before it. The last one's graph is the answer. */
  readonly stacks: readonly StackToRecord[];
}

/** What it answers: once. */
export type RecorderAnswer =
  | {
      readonly kind: 'recorded';
      readonly nodes: readonly Node[];
      readonly duplicates: readonly string[];
      readonly outputs: Readonly<Record<string, unknown>>;
    }
  /** The program refused its settings (ArgsError). */
  | { readonly kind: 'refused'; readonly stack: string; readonly path: string; readonly problem: string; readonly remedy: string }
  /** It threw anything else, with its stack. */
  | { readonly kind: 'crashed'; readonly stack: string; readonly message: string };
