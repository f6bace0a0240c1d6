// A process of its own: `node bench/tenants-main.ts TENANTS MODELS` records so many tenants with so many models each, and prints one line of JSON.
import { graphOfTenants, tenantFile } from '../test/tenants/made.ts';

const [tenants = 0, models = 0] = process.argv.slice(2).map(Number);
const named = (letter: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${letter}${index}`);
const made = (count: number) => named('t', count).map((tenant) => ({ file: tenantFile(tenant), models: named('m', models) }));

await graphOfTenants(made(1)); // loads the SDKs, which is not what is measured
const before = process.cpuUsage();
const { size: resources } = await graphOfTenants(made(tenants));
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ resources, cpuMs: (user + system) / 1_000, peakMb: process.resourceUsage().maxRSS / 1_024 }));
