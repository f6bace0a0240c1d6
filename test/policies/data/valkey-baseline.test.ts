import { expect, test } from 'vitest';
import { valkeyBackedUp } from '../../../policies/rules/data/valkey-backed-up.ts';
import { valkeyBaseline } from '../../../policies/rules/data/valkey-baseline.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

test.each([
  ['atRestEncryptionEnabled', false],
  ['kmsKeyId', undefined],
  ['transitEncryptionEnabled', undefined],
  ['transitEncryptionMode', 'preferred'],
  ['automaticFailoverEnabled', undefined],
  ['multiAzEnabled', false],
])('%s = %j breaks it there and nowhere else', (path, to) => {
  expect(foundIn(valkeyBaseline, changed(valkeyBaseline.pass, { path, to }))).toEqual([`example ${path}`]);
});

test('Valkey is encrypted at rest by itself, and Redis when it is told to be', () => {
  const silent = changed(valkeyBaseline.pass, { path: 'atRestEncryptionEnabled', to: undefined });
  expect(foundIn(valkeyBaseline, silent)).toEqual([]);
  expect(foundIn(valkeyBaseline, changed(silent, { path: 'engine', to: 'redis' }))).toEqual(['example atRestEncryptionEnabled']);
});

test('is kept by a key that the same up makes, and by a mode that is left to AWS', () => {
  const fixture = changed(changed(valkeyBaseline.pass, { path: 'kmsKeyId', to: UNKNOWN }), { path: 'transitEncryptionMode', to: undefined });
  expect(foundIn(valkeyBaseline, fixture)).toEqual([]);
});

const policy = (to: unknown) => changed(valkeyBackedUp.fail, { of: 'parameters', path: 'parameters.0.value', to });

test('what may drop its keys needs no backup, and nothing else goes without', () => {
  expect(foundIn(valkeyBackedUp, policy('volatile-ttl'))).toEqual([]);
  expect(foundIn(valkeyBackedUp, policy('allkeys-lru'))).toEqual([]);
  expect(foundIn(valkeyBackedUp, policy('noeviction'))).toEqual(['features snapshotRetentionLimit']);
  expect(foundIn(valkeyBackedUp, valkeyBackedUp.fail.slice(1))).toEqual(['features snapshotRetentionLimit']); // a group that AWS has
});

test('a team says for how many days its snapshots are kept', () => {
  expect(foundIn(valkeyBackedUp, valkeyBackedUp.pass, { days: 8 })).toEqual(['features snapshotRetentionLimit']);
  expect(foundIn(valkeyBackedUp, valkeyBackedUp.fail, { days: 0 })).toEqual([]);
});
