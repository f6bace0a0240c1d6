import type { LoadedTenant } from '../loaded.ts';
import type { Finding } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import { checkSecrets } from './secrets.ts';

/** Secrets in the data of a file, told without repeating them. @param locate Finds their places in it. */
export function secretsIn(data: unknown, locate: (finding: Finding) => Problem): readonly Problem[] {
  return checkSecrets(data).map((finding) => blotted(locate(finding)));
}

/** Secrets in a tenant file or a features file. */
export function secretsInTenant(loaded: LoadedTenant): readonly Problem[] {
  return [
    ...secretsIn(loaded.tenant, (finding) => loaded.locateTenant(finding)),
    ...secretsIn(loaded.features, (finding) => loaded.locateFeatures(finding)),
  ];
}

/** The line is shown without what the carets mark: it ends in the log of a pipeline, which many read. */
function blotted(problem: Problem): Problem {
  const { source, column } = problem;
  if (source === null) return problem;
  const [start, end] = [column - 1, column - 1 + source.length];
  const text = source.text.slice(0, start) + '*'.repeat(end - start) + source.text.slice(end);
  return { ...problem, source: { ...source, text } };
}
