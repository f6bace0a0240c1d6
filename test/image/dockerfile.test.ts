import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/sources.ts';
import { copied, instructions } from './dockerfile.ts';

const valuesOf = (name: string): readonly string[] => instructions().flatMap((one) => (one.name === name ? [one.rest] : []));

test('every base is an argument without a default, and one that is not by digest is refused', () => {
  const bases = valuesOf('FROM').map((line) => line.replace('--platform=$BUILDPLATFORM ', ''));
  expect(bases).toEqual(['$'.concat('{BUILD_IMAGE} AS tree'), '$'.concat('{NODE_IMAGE}')]);
  expect(valuesOf('ARG').slice(0, 2)).toEqual(['BUILD_IMAGE', 'NODE_IMAGE']);
  expect(valuesOf('RUN')[0]).toMatch(/for image in "\$BUILD_IMAGE" "\$NODE_IMAGE"; .* \*@sha256:\*\) ;; .* exit 1/);
});

test('what is copied is there, and the builder is sent that and nothing else', () => {
  const sources = copied().map(({ source }) => source);
  expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines[0]).toBe('*');
  expect(lines.slice(1).toSorted()).toEqual(sources.map((source) => `!${source}`).toSorted());
});

test('the image gets the staged tree alone, and runs its entry as nobody', () => {
  const last = instructions().slice(instructions().findLastIndex(({ name }) => name === 'FROM'));
  expect(last.flatMap(({ name, rest }) => (name === 'COPY' ? [rest] : []))).toEqual(['--from=tree /app /app']);
  expect(last.some(({ name }) => name === 'RUN')).toBe(false); // the base has no shell
  const [[command, entry] = []] = last.flatMap(({ name, rest }): readonly string[][] => (name === 'ENTRYPOINT' ? [JSON.parse(rest)] : []));
  expect([command, entry]).toEqual(['/nodejs/bin/node', '/app/runtime/commands/weir.ts']);
  const [user = ''] = last.flatMap(({ name, rest }) => (name === 'USER' ? [rest] : []));
  expect(user.split(':').map(Number)).toEqual([65_532, 65_532]);
});

test('packages are installed by the lock, and none of them runs a script', () => {
  expect(valuesOf('RUN').filter((line) => line.includes('npm '))).toEqual(['npm ci --omit=dev --ignore-scripts --no-audit --no-fund']);
});
