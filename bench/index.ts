// `npm run bench [-- NAME...]`: runs the named benches, or all, one after the other, and prints one table. `--json` prints the rows.
import { type Row, table } from './report.ts';

const BENCHES = ['eventlog', 'proxy', 'collector', 'memory', 'model-files', 'plan', 'tenants', 'policies'] as const;

const names = process.argv.slice(2).filter((argument) => argument !== '--json');
const unknown = names.find((name) => !BENCHES.some((bench) => bench === name));
if (unknown !== undefined) {
  console.error(`bench  "${unknown}" is no bench\n  Name some of: ${BENCHES.join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const name of BENCHES.filter((bench) => names.length === 0 || names.includes(bench))) {
  const { bench }: { bench: () => Promise<readonly Row[]> } = await import(`./${name}.ts`); // a bench that is not there or fails ends the run: none is left out in silence
  rows.push(...(await bench()));
}
console.log(process.argv.includes('--json') ? JSON.stringify(rows, null, 2) : table(rows));
