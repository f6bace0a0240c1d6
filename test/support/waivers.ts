import { readFileSync } from 'node:fs';

/** A finding that is known and accepted. */
export interface Waiver {
  /** The scanner's id. */
  readonly rule: string;
  /** A regular expression that the whole of a resource's address matches. */
  readonly resource: string;
  /** Why it is right as it is: read by whoever wonders. */
  readonly reason: string;
  /** When it was last thought about, YYYY-MM-DD. */
  readonly date: string;
}

export function readWaivers(file: URL): readonly Waiver[] {
  const waivers: readonly Waiver[] = JSON.parse(readFileSync(file, 'utf8'));
  return waivers;
}

interface Waivable {
  readonly rule: string;
  readonly resource: string;
}

/** The findings that no waiver covers, and the waivers that cover nothing: those are to go. */
export function applyWaivers<T extends Waivable>(findings: readonly T[], waivers: readonly Waiver[]) {
  const covers = (waiver: Waiver, { rule, resource }: Waivable) => waiver.rule === rule && new RegExp(`^(?:${waiver.resource})$`).test(resource);
  return {
    left: findings.filter((finding) => !waivers.some((waiver) => covers(waiver, finding))),
    unused: waivers.filter((waiver) => !findings.some((finding) => covers(waiver, finding))),
  };
}

/** What is wrong with a waiver itself. */
export function waiverProblems(waivers: readonly Waiver[]): readonly string[] {
  return waivers.flatMap(({ rule, resource, reason, date }) => {
    const of = `${rule} of ${resource}`;
    const late = /^20\d\d-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
    return [
      ...(typeof reason === 'string' && reason.trim().length >= 20 ? [] : [`${of} says no reason`]),
      ...(late ? [] : [`${of} has no date`]),
      ...(resource === '.*' ? [`${of} covers everything: name the resources`] : []),
    ];
  });
}
