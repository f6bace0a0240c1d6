import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { setVersion } from '../../runtime/model/edit.ts';
import { specOf, TEN_LINES } from './files.ts';

const COMMENTED = `# the fraud model\nmodel: fraud\nowner:   payments-ml\nregistry: { version: 1 }   # pinned\n\n${TEN_LINES.split('\n').slice(3, 8).join('\n')}\nrollout: local # fast\n`;

test('another version changes the version and no other character', () => {
  expect(setVersion(COMMENTED, '2')).toBe(COMMENTED.replace('version: 1', 'version: 2'));
  expect(setVersion(COMMENTED, '1')).toBe(COMMENTED);
});

test('a rollout given with it replaces the one in the file, and comments stay', () => {
  const text = setVersion(COMMENTED, '3', { preset: 'local', steps: [{ weight: 5 }, { weight: 25 }, { weight: 50 }] });
  expect(text).toBe(
    COMMENTED.replace('version: 1', 'version: 3').replace(
      'rollout: local',
      'rollout: { preset: local, steps: [ { weight: 5 }, { weight: 25 }, { weight: 50 } ] }',
    ),
  );
  expect(specOf(text).rollout.steps.map(({ kind }) => kind)).toEqual(['weight', 'weight', 'weight']);
  expect(setVersion(setVersion(text, '1'), '1', 'local')).toBe(COMMENTED);
});

test('a file that says nothing of its rollout gets a line for it', () => {
  const silent = TEN_LINES.replace('rollout: standard\n', '');
  expect(setVersion(silent, '8', 'local')).toBe(`${silent}rollout: local\n`);
  expect(setVersion(silent.trimEnd(), '8', 'local')).toBe(`${silent}rollout: local\n`);
});

test('a rollout in block form is replaced whole', () => {
  const block = TEN_LINES.replace('rollout: standard\n', 'rollout:\n  preset: local\n  bake: {duration: 5s}\n');
  expect(specOf(setVersion(block, '9', 'standard'))).toMatchObject({ registry: { version: '9' }, rollout: { preset: 'standard' } });
});

test('any version comes back as it was given', () => {
  const version = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/),
    fc.constantFrom('1.10', '007', '1e3', 'true', 'null', '0x1F', '12345678901234567890', '.5'.slice(1)),
  );
  fc.assert(
    fc.property(version, (given) => {
      expect(specOf(setVersion(TEN_LINES, given)).registry.version).toBe(given);
    }),
  );
});

test.each(['', 'model: fraud\n', 'registry: 5\n', 'registry: {version: [\n'])('%j is no model file', (text) => {
  expect(() => setVersion(text, '2')).toThrow('this text is not a model file that names a version');
});
