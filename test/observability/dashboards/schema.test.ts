import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../support/temp.ts';
import { missingTool, toolsFolder } from '../../support/tools.ts';
import { BOARDS, written, writtenPanels } from './example.ts';

const checker = join(toolsFolder(), 'bin/check-dashboards');

/** What Grafana knows and the schema of the checker does not yet: it is older than the SDK that writes the boards, whose types have it. */
const NEWER = /annotations\.list\[\d+\]\.AnnotationQuery: unexpected field 'titleFormat'/;

/** What is wrong with dashboards, line by line. */
function mistakesOf(dashboards: readonly Dashboard[]): readonly string[] {
  using folder = tempFolder();
  const files = dashboards.map((dashboard, index) => {
    const file = join(folder.path, `${index}.json`);
    writeFileSync(file, JSON.stringify(dashboard));
    return file;
  });
  const { stdout, stderr, error } = spawnSync(checker, files, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !NEWER.test(line));
}

/** A board with one thing changed. */
function changed(change: (dashboard: Dashboard) => void): readonly Dashboard[] {
  return BOARDS.slice(0, 1).map((board) => {
    const dashboard = written(board);
    change(dashboard);
    return dashboard;
  });
}

// Not Grafana itself, which no registry has: the decoders that its SDK is generated with, from the same schemas.
describe.skipIf(missingTool('dashboards', [checker]) !== null)("Grafana's schemas", () => {
  test('have every field of every board, with its type, options of panels and queries included', () => {
    expect(mistakesOf(BOARDS.map(written))).toEqual([]);
  });

  test.each<[string, (dashboard: Dashboard) => void]>([
    ['a field of the dashboard', (dashboard) => Object.assign(dashboard, { uuid: 'x' })],
    ['a type', (dashboard) => Object.assign(dashboard, { title: 7 })],
    ['an option of a panel', (dashboard) => Object.assign(Object(writtenPanels(dashboard)[0]?.options), { colour: 'red' })],
    ['a field of a query', (dashboard) => Object.assign(Object(writtenPanels(dashboard)[0]?.targets?.[0]), { expression: 'up' })],
  ])('do not have %s that somebody made up', (_, change) => {
    expect(mistakesOf(changed(change))).not.toEqual([]);
  });
});
