import type { LoadedModel, LoadedTenant } from '../loaded.ts';
import type { Problem } from '../read/problem.ts';
import { checkSecrets } from './secrets.ts';

/** Secrets in a model file, told without repeating them. */
export function secretsInModel(loaded: LoadedModel): readonly Problem[] {
  return checkSecrets(loaded.model).map((finding) => blotted(loaded.locate(finding)));
}

/** Secrets in a tenant file or a features file. */
export function secretsInTenant(loaded: LoadedTenant): readonly Problem[] {
  return [
    ...checkSecrets(loaded.tenant).map((finding) => blotted(loaded.locateTenant(finding))),
    ...checkSecrets(loaded.features).map((finding) => blotted(loaded.locateFeatures(finding))),
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
