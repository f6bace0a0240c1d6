import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { jsonReport } from '../../../cli/policy/format/json.ts';
import { writeFiles } from '../in-process.ts';
import { scratch, weir } from '../run.ts';
import { doorsReport } from './report.ts';

const PAGE = readFileSync('docs/policy-check.md', 'utf8');

/** Files that the page writes out, by name. */
const FILES = Object.fromEntries(Array.from(PAGE.matchAll(/^`([\w./-]+)`:\n\n```yaml\n(.*?)^```/gms), ([, name = '', text = '']) => [name, text]));

/** Commands with what the page says that they print; `…` stands for anything, a number or many lines. */
const COMMANDS = Array.from(PAGE.matchAll(/^```console\n(.*?)^```/gms), ([, block = '']) => block.split(/^\$ /m).slice(1)).flat();

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

describe('docs/policy-check.md', () => {
  test.each(COMMANDS.map((each) => each.split('\n')[0] ?? ''))('prints what it says: %s', async (command) => {
    const said = COMMANDS.find((each) => each.startsWith(`${command}\n`))?.slice(command.length + 1) ?? '';
    const folder = scratch();
    writeFiles(folder, FILES);
    const [, args = '', grep = ''] = /^weir ([^|]+?)(?: \| grep (\S+))?$/.exec(command) ?? [];
    const { out, err } = await weir(args.split(' '), { cwd: folder });
    const printed = out
      .split('\n')
      .filter((line) => line.includes(grep))
      .join('\n')
      .trim();
    expect(err).toBe('');
    const pattern = said.trim().split('…').map(literally).join('.*');
    expect(printed).toMatch(new RegExp(`^${pattern}$`, 's'));
  });

  test('names every field of the JSON report', () => {
    const report = jsonReport(doorsReport());
    const table = PAGE.slice(PAGE.indexOf('### JSON'), PAGE.indexOf('## Limits'));
    for (const field of [...Object.keys(report), ...Object.keys(report.counts), ...Object.keys(report.findings[0] ?? {})])
      expect(table).toContain(`\`${field}\``);
  });
});
