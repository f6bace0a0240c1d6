/**
 * Trains versions 1, 2 and 3 of `eta` and registers them: node examples/flights/train.ts --registry DIR --cache DIR [--progress-json]
 * Ends with 0 when all three are registered, 2 for a mistake of the caller.
 */
import { parseArgs } from 'node:util';
import { ArgsError, messageOf } from '../../runtime/errors.ts';
import { DirectoryRegistry } from '../../runtime/registry/directory.ts';
import { trainFlights } from './pipeline.ts';
import { progressPrinter } from './progress.ts';
import { MODEL } from './publish.ts';

const USAGE = 'Usage: node examples/flights/train.ts --registry DIR --cache DIR [--progress-json]';

async function main(args: readonly string[]): Promise<void> {
  const { registry: directory, cache, json } = readArgs(args);
  const registry = new DirectoryRegistry({ directory, now: Date.now });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  await trainFlights({ registry, cache, now: Date.now, onProgress: progressPrinter(print, { json, now: () => performance.now() }) });
  for (const { model, version, metrics } of (await registry.list()).map(({ manifest }) => manifest)) {
    if (model !== MODEL) continue;
    const figures = ['auc', 'brier', 'ece', 'base_rate'].map((name) => `${name} ${(metrics[name] ?? Number.NaN).toFixed(4)}`).join('  ');
    print(json ? JSON.stringify({ model, version, metrics }) : `${model} ${version}  hold-out of February 2001: ${figures}`);
  }
}

function readArgs(args: readonly string[]): { readonly registry: string; readonly cache: string; readonly json: boolean } {
  const options = { registry: { type: 'string' }, cache: { type: 'string' }, 'progress-json': { type: 'boolean' } } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new ArgsError('train', messageOf(error), USAGE);
  }
  const { registry, cache } = values;
  if (registry === undefined || cache === undefined) throw new ArgsError('train', 'needs --registry and --cache', USAGE);
  return { registry, cache, json: values['progress-json'] ?? false };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ArgsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
