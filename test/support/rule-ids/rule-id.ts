import type { Graph, Node } from '../../../cli/graph/node.ts';

/** A profile's name, as waivers give it. */
export type ProfileName = 'dev' | 'small' | 'staging' | 'prod';

/** What a public scanner's rule asks of a resource, as a function of the recorded graph. `AWS-*` are trivy's ids, `CKV*` checkov's. */
export interface RuleId {
  /** Ids that ask the same. */
  readonly ids: readonly string[];
  readonly title: string;
  /** Types of its subjects. */
  readonly types: readonly string[];
  /** Which of them, where it is not all. */
  readonly of?: (node: Node) => boolean;
  readonly holds: (node: Node, graph: Graph) => boolean;
  /** What breaks it: a test does this to prod, and it holds no more. */
  readonly breaks: Mutation;
  /** Where it is waived in prod altogether: what would make it hold there, so that breaking it can be seen. */
  readonly mends?: Mutation;
  /** Where it is broken on purpose. */
  readonly waived?: readonly RuleWaiver[];
}

export interface Mutation {
  /** Type of what is changed; the rule's own by default. */
  readonly type?: string;
  /** Paths and values that every node of the type gets; null removes one. Without changes the nodes themselves are removed. */
  readonly changes?: Readonly<Record<string, unknown>>;
}

export interface RuleWaiver {
  readonly profiles: readonly ProfileName[];
  /** Which resources, by the end of their name; all where it is left out. */
  readonly named?: RegExp;
  readonly reason: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

export const EVERYWHERE: readonly ProfileName[] = ['dev', 'small', 'staging', 'prod'];
