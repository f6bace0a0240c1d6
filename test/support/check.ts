// `npm run check`: format, lint, types and the tests that need no server, in under a minute. Prints one line per part.
import { spawnSync } from 'node:child_process';

const PARTS: readonly (readonly [string, readonly string[]])[] = [
  ['format', ['biome', 'ci', '.']],
  ['lint', ['oxlint', '--type-aware']],
  ['types', ['tsc', '-p', '.']],
  ['unit', ['vitest', 'run', '--project', 'quick']],
];

let failed = false;
for (const [name, [command = '', ...rest]] of PARTS) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', env: process.env, maxBuffer: 1 << 26 });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${name.padEnd(8)} ${status === 0 ? 'ok' : 'FAILED'}  ${seconds} s`);
  if (status === 0) continue;
  failed = true;
  console.log(stdout, stderr);
}
process.exitCode = failed ? 1 : 0;
