import { readFileSync } from 'node:fs';

/** Of a string: its length, its form, its values. Of a number: its range. */
export interface Constraint {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

export interface Constraints {
  /** `botocore 1.44.5`. */
  readonly source: string;
  readonly date: string;
  /** By type of resource, then by path without positions (`rules.schedule`). */
  readonly types: Readonly<Record<string, Readonly<Record<string, Constraint>>>>;
}

/** What AWS's own service models say; made by generate-constraints.ts. */
export function readConstraints(): Constraints {
  const constraints: Constraints = JSON.parse(readFileSync(new URL('constraints.json', import.meta.url), 'utf8'));
  return constraints;
}
