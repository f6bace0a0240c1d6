import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { resourcesOfObject } from '../../../policies/adapt/objects.ts';
import { RULES } from '../../../policies/catalogue.ts';
import { missingTool, toolsFolder } from '../../support/tools.ts';
import { asked } from '../mutations/trace.ts';

/** The newest Kubernetes that Weir builds. */
const CASES = join(toolsFolder(), 'podsecurity', 'restricted', 'v1.35');
const HELD = RULES.filter(({ heldBy }) => heldBy === 'pod-security');

function filesOf(kind: 'pass' | 'fail'): readonly string[] {
  return readdirSync(join(CASES, kind)).map((name) => join(CASES, kind, name));
}

function brokenBy(file: string): readonly string[] {
  const objects = parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => resourcesOfObject(document.toJS()));
  const resources = objects.flatMap((each) => (each.kind === 'resource' ? [each.resource] : []));
  expect(resources).not.toEqual([]);
  return asked(HELD, resources).findings.map(({ rule }) => rule.id);
}

describe.skipIf(missingTool('podsecurity', [join(CASES, 'pass')]) !== null)('the rules that Pod Security holds, on its authors’ own cases', () => {
  test('find nothing in any pod that it takes', () => {
    const files = filesOf('pass');
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => brokenBy(file).length > 0)).toEqual([]);
  });

  test('find something in every pod that it refuses', () => {
    const files = filesOf('fail');
    expect(files.length).toBeGreaterThan(70);
    expect(files.filter((file) => brokenBy(file).length === 0)).toEqual([]);
  });
});
