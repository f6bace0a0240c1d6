import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { main } from '../../cli/main.ts';
import { fakeContext } from './fakes.ts';
import { scratch } from './run.ts';

/** Runs a command line in this process; what the context is told to do differently outranks the fake one. */
export async function run(args: readonly string[], over: Partial<Context> = {}) {
  const context = fakeContext(scratch());
  const code = await main(args, { ...context, ...over });
  return { code, out: context.said.join('\n'), err: context.noted.join('\n') };
}

/** A tenant file that is right. */
export const TENANT = `tenant: payments
owner: payments-ml
contacts: {email: payments-ml@example.com}
groups: {developers: [payments-ml], operators: [payments-ml]}
quota: {gpus: 4}
`;

/** A folder of tenants with these files; `payments/tenant.yaml` is there unless it is given, or null. */
export function tenantsFolder(files: Readonly<Record<string, string | null>>): string {
  const folder = join(scratch(), 'tenants');
  writeFiles(folder, { 'payments/tenant.yaml': TENANT, ...files });
  return folder;
}

/** Writes files by their path below a folder, with the folders above them; null is left out. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | null>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (text !== null) writeFileSync(join(folder, name), text);
  }
}
