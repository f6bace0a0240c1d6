import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pulumiHere } from '../../support/pulumi.ts';
import { until } from '../../support/until.ts';
import { run } from '../in-process.ts';
import { scratch, WEIR, weir } from '../run.ts';

const FIXTURE = 'test/cli/rehearse/fixture';
const PATIENCE = 300_000;
const cli = await pulumiHere();

test.each([
  [['--change', 'nat'], '--change  "nat" is no key=value\n  Write it as network.nat=zone.'],
  [['--fail-every', '0'], 'It is a whole number from 1 to 10000.'],
  [['--fail-every', '3', '--failures', '4'], "option '--failures <count>' cannot be used with option '--fail-every <n>'"],
])('%j is refused before anything starts', async (args, words) => {
  const { code, err } = await run(['rehearse', 'dev', '--dir', FIXTURE, ...args]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(words) });
});

test.each([
  ['nonsense.key=1', 'weir:nonsense  "nonsense" is not a field of settings'],
  ['network.cidr=bad', 'weir:network.cidr  "bad" is not an IPv4 range'],
  ['region=', 'weir:region'],
  ['kafka.brokers=3', 'weir:kafka.brokers  3 brokers cannot be spread evenly over 2 zones'],
])('a change that settings refuse, %s, is told before the engine starts', async (change, words) => {
  const { code, out } = await run(['rehearse', 'dev', '--change', change]);
  expect({ code, out }).toEqual({ code: 2, out: expect.stringContaining(words) });
  expect(out).toContain('there is nothing to rehearse');
});

test('without a CLI it cannot be done, and it is told how to get one', async () => {
  const { code, err } = await run(['rehearse', 'dev', '--dir', FIXTURE], { env: { PATH: '/nowhere', WEIR_TOOLS: '/nowhere' } });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('sh test/servers/install.sh pulumi') });
});

describe.skipIf(cli === null)('with a CLI', () => {
  test('an environment that is not there is told which ones are', async () => {
    const { code, err } = await weir(['rehearse', 'porduction', '--dir', FIXTURE]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('there are no settings of "porduction"') });
  });

  test('what went wrong ends it with 1, as JSON with all facts', { timeout: PATIENCE }, async () => {
    const { code, out } = await weir(['rehearse', 'broken', '--dir', FIXTURE, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      stack: 'broken',
      cli: { version: cli?.version },
      resources: 0,
      findings: [{ phase: 'up', problem: expect.stringContaining('weir:owner') }],
      note: expect.stringContaining('No cloud was asked'),
    });
  });

  test.runIf(process.platform === 'linux')('interrupted it ends all that it started and leaves nothing behind', { timeout: PATIENCE }, async () => {
    const temporary = scratch();
    const child = spawn(process.execPath, [WEIR, 'rehearse', 'dev', '--dir', resolve(FIXTURE)], { env: { ...process.env, TMPDIR: temporary } });
    const ended = new Promise((done) => child.once('exit', done));
    child.stderr.resume();
    await until(
      () => processesOf(temporary).length >= 3,
      () => processesOf(temporary),
      60_000,
    ); // weir, the CLI, and what that started
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
    await until(
      () => processesOf(temporary).length === 0,
      () => processesOf(temporary),
      60_000,
    );
  });
});

/** Ids of the processes that were given this folder as the place of temporary files. */
function processesOf(temporary: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'environ'), 'utf8').includes(`TMPDIR=${temporary}`);
      } catch {
        return false; // it ended meanwhile
      }
    });
}
