import { basename } from 'node:path';
import type { Problem } from '../../runtime/model/read/problem.ts';

/** What code scanning groups problems by, and mutes them by. */
export interface Rule {
  /** Stable over files and releases: `model/serving.latency`, `model/labels.delay`, `tenant/quota.gpus`, `model/file`. */
  readonly id: string;
  readonly text: string;
}

/** A rule is a field of a kind of file, without indices and without what is below the second word: names of a person's own are no rules. */
export function ruleOf({ file, path }: Pick<Problem, 'file' | 'path'>): Rule {
  const kind = kindOf(file);
  const words = path.replaceAll(/\[\d+\]/g, '').split('.');
  const field = words.slice(0, NAMED.has(words[0] ?? '') ? 1 : 2).join('.');
  if (field === '') return { id: `${kind}/file`, text: `A ${kind} file is one readable YAML document.` };
  return {
    id: `${kind}/${field.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}`,
    text: `The field \`${field}\` of a ${kind} file says what its schema and the files around it allow.`,
  };
}

/** Sections whose keys are names that a person chose. */
const NAMED: ReadonlySet<string> = new Set(['inputs', 'outputs', 'fallback', 'entities', 'views', 'services', 'pools']);

function kindOf(file: string): 'tenant' | 'features' | 'model' {
  const name = basename(file);
  if (name === 'tenant.yaml') return 'tenant';
  return name === 'features.yaml' ? 'features' : 'model';
}
