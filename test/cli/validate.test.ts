import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TEN_LINES } from '../model/files.ts';
import { scratch, weir } from './run.ts';

function tenants(files: Readonly<Record<string, string>>): string {
  const root = scratch();
  mkdirSync(join(root, 'tenants/payments/models'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'tenants/payments/models', name), text);
  return root;
}

test('right files are fine', async () => {
  const { code, out, err } = await weir(['validate'], { cwd: tenants({ 'fraud.yaml': TEN_LINES }) });
  expect({ code, err, out: out.replace(/\(.*\)/, '(…)') }).toEqual({ code: 0, err: '', out: '1 file, no problems (…)\n' });
});

test('mistakes are findings: where, what, and what was meant', async () => {
  const cwd = tenants({
    'fraud.yaml': TEN_LINES.replace('50ms', '50'),
    'rank.yaml': TEN_LINES.replace('fraud', 'rank').replace('standard', 'standrad'),
    'ok.yaml': TEN_LINES.replace('fraud', 'ok'),
  });
  const { code, out } = await weir(['validate', 'tenants'], { cwd });
  expect(code).toBe(1);
  expect(out.replace(/\(\d.*\)/, '(…)')).toBe(
    [
      'tenants/payments/models/fraud.yaml:4:20  serving.latency  50 is not a duration',
      '    4 | serving: {latency: 50}',
      '      |                    ^^',
      '      | A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d',
      'tenants/payments/models/rank.yaml:9:10  rollout  "standrad" is not a rollout preset',
      '    9 | rollout: standrad',
      '      |          ^^^^^^^^  did you mean "standard"? (standard, shadow-48h, local)',
      '',
      '2 problems in 2 of 3 files (…)',
      '',
    ].join('\n'),
  );
});

test('--json gives the same facts', async () => {
  const cwd = tenants({ 'fraud.yaml': TEN_LINES.replace('50ms', '50') });
  const { code, out } = await weir(['validate', 'tenants/payments/models/fraud.yaml', '--json'], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ files: 1, problems: [{ line: 4, column: 20, path: 'serving.latency', problem: '50 is not a duration' }] });
});

test('colour is for terminals, or for those who force it', async () => {
  const cwd = tenants({ 'fraud.yaml': TEN_LINES.replace('50ms', '50') });
  expect((await weir(['validate'], { cwd })).out).not.toContain('\u001b');
  expect((await weir(['validate'], { cwd, env: { NO_COLOR: '', FORCE_COLOR: '1' } })).out).toContain('\u001b[31m^^');
});

test.each([
  [['validate', 'nowhere'], 'weir: nowhere  there is no such file or folder\n  Name a folder of tenants, or a model file.\n'],
  [['validate', '.'], 'weir: .  holds no model files\n  They are <tenant>/models/<model>.yaml below it.\n'],
])('%j cannot be done', async (args, err) => {
  expect(await weir(args, { cwd: scratch() })).toEqual({ code: 2, out: '', err });
});
