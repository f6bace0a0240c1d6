import type { Graph, Node } from '../../../cli/graph/node.ts';

/** Something that a cloud refuses, and that neither the SDK's types nor mocks see. */
interface Rule {
  /** Stands in findings: `s3-bucket-name`. */
  readonly id: string;
  /** Types of resources. */
  readonly types: readonly string[];
  /** Where it is written; those of AWS's API references were read in botocore 1.44.5. */
  readonly source: string;
}

/** Of one value. */
export interface ValueRule extends Rule {
  /** As `valuesAt` reads it. */
  readonly path: string;
  /** What is wrong with it, or null. */
  readonly problem: (value: unknown) => string | null;
  /** An example of what it refuses; a test puts it where the value is. */
  readonly refuses: unknown;
  /** What the value is when it is left out: Pulumi makes a name of the resource's and eight characters. */
  readonly named?: boolean;
}

/** Of one resource as a whole, or of how it stands to others. */
export interface NodeRule extends Rule {
  readonly problem: (node: Node, graph: Graph) => string | null;
  /** Paths and values that break it; null removes. A test sets them on a recorded node. */
  readonly refuses: Changes | ((graph: Graph) => Changes);
}

type Changes = Readonly<Record<string, unknown>>;

export type Checker = (value: unknown) => string | null;

/** A text of a form, told in words. */
export function matches(form: RegExp, words: string): Checker {
  return (value) => (typeof value === 'string' && form.test(value) ? null : `must be ${words}`);
}

export function oneOf(values: readonly unknown[]): Checker {
  return (value) => (values.includes(value) ? null : `must be one of ${values.join(', ')}`);
}

export function between(least: number, most: number): Checker {
  return (value) => (typeof value === 'number' && value >= least && value <= most ? null : `must be between ${least} and ${most}`);
}

export function every(...checkers: readonly Checker[]): Checker {
  return (value) => checkers.map((each) => each(value)).find((problem) => problem !== null) ?? null;
}
