import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { weir } from './run.ts';

test('help goes to standard output, with examples, and is fine', async () => {
  const { code, out, err } = await weir(['rollout', 'unlock', '--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(readFileSync('docs/cli.md', 'utf8')).toContain(out.trim()); // the page shows what the command prints
  expect(out).toContain('$ weir rollout unlock fraud --digest 4be1');
});

test('a word that is no command is answered with the one that was meant', async () => {
  expect(await weir(['rolout'])).toEqual({
    code: 2,
    out: '',
    err: "weir: unknown command 'rolout' (Did you mean rollout?)\n  Add --help to see what is known.\n",
  });
  expect(await weir(['rollout', 'abrot', 'eta'])).toMatchObject({ code: 2, err: expect.stringContaining('(Did you mean abort?)') });
});

test.each([
  [['local', '--port', '99999'], "option '--port <n>' argument '99999' is invalid. It is a whole number from 0 to 65535."],
  [['local', '--port', '1e3'], "option '--port <n>' argument '1e3' is invalid. It is a whole number from 0 to 65535."],
  [['local', '--replay', 'x.parquet'], '--time  is missing\n  Name the column of event time in the --replay file.'],
  [['local', '--time', 'at'], '--time  "at" is a column of no file\n  Add --replay FILE.'],
  [['local', '--tour', '--tenants', 'x'], '--tour  plays on the flights example only\n  Leave out --tenants or --tour.'],
  [['local', '--exit'], '--exit  ends after the tour, and none is played\n  Add --tour.'],
  [['local', '--variant', 'shadow'], '--variant  is a variant of the tour\n  Add --tour.'],
  [
    ['local', 'inject', 'miles'],
    'injection  "miles" is not one\n  Use one of: km, utc-hour, nulls, stale, stop-traffic, slow, errors, slow-features.',
  ],
  [['registry', 'push', '.'], "required option '--model <name>' not specified"],
])('%j is refused before anything starts', async (args, problem) => {
  const { code, out, err } = await weir(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(problem);
  expect(err).not.toMatch(/\n\s+at /); // a person's mistake has no stack
});

test('with --json an error is JSON, too', async () => {
  const { code, err } = await weir(['local', 'inject', 'miles', '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(err)).toEqual({ error: { path: 'injection', problem: '"miles" is not one', remedy: expect.stringContaining('km') } });
});

test('the version is the one of the package', async () => {
  expect(await weir(['--version'])).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' });
});

test('an older Node is told which one it needs, and how to get it', async () => {
  const old = `data:text/javascript,${encodeURIComponent('Object.defineProperty(process,"versions",{value:{...process.versions,node:"22.18.0"}})')}`;
  const { code, err } = await weir(['--version'], { env: { NODE_OPTIONS: `--import=${old}` } });
  expect(code).toBe(2);
  expect(err).toContain('weir: this is Node 22.18.0, and Weir runs on Node 24 or newer\n  npm ci brings the right one: use npm start');
});
