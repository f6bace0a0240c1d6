import { expect, test } from 'vitest';
import { configOf, recordEnvironment, stackValues } from '../support/environments.ts';
import { runEntry } from '../support/stub-engine.ts';

test('the entry that `pulumi up` starts registers what the recorder records, and ends', { timeout: 240_000 }, async () => {
  const { code, registered, log } = await runEntry('dev', configOf(stackValues('dev')));
  expect(log).toBe('');
  expect(code).toBe(0);
  const { graph } = await recordEnvironment('dev', { world: { preview: true } });
  expect([...registered].sort((a, b) => (a < b ? -1 : 1))).toEqual(
    [...graph.values()].map(({ type, name }) => `${type} ${name}`).sort((a, b) => (a < b ? -1 : 1)),
  );
});

test('a wrong setting ends it with key, problem and remedy, and without a stack of calls', async () => {
  const { code, registered, log } = await runEntry('dev', configOf({ ...stackValues('dev'), network: { cidr: '10.20.0.0/20' } }));
  expect(code).not.toBe(0);
  expect(log).toContain('weir:network.cidr  "10.20.0.0/20" is not a /16');
  expect(log).toContain('Use a range such as 10.20.0.0/16.');
  expect(log).not.toContain('    at ');
  expect(registered.filter((resource) => !resource.startsWith('pulumi:'))).toEqual([]);
});
