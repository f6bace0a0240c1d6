import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording, World } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { environment } from '../../stacks/environment.ts';
import { type CloudProfile, configOf, stackValues } from '../support/environments.ts';
import { standInCloud } from '../support/inputs/cloud.ts';

/** Texts of files by tenant: its `tenant.yaml`, and its models by name. */
export type Folder = Readonly<Record<string, { readonly tenant: string; readonly models?: Readonly<Record<string, string>> }>>;

/** Writes a folder of tenants, as people do. */
export function writeFolder(path: string, folder: Folder): string {
  for (const [name, { tenant, models = {} }] of Object.entries(folder)) {
    mkdirSync(join(path, name, 'models'), { recursive: true });
    writeFileSync(join(path, name, 'tenant.yaml'), tenant);
    for (const [model, text] of Object.entries(models)) writeFileSync(join(path, name, 'models', `${model}.yaml`), text);
  }
  return path;
}

/** The shortest tenant file. */
export const tenantText = (name: string, more = ''): string =>
  `tenant: ${name}\nowner: team\ncontacts: {email: team@example.com}\ngroups: {developers: [team], operators: [oncall], readers: [audit]}\n${more}`;

/** A short model file. */
export const modelText = (name: string, inputs = '{amount: numeric}', more = ''): string =>
  `model: ${name}\nowner: team\nregistry: {version: 1}\nserving: {latency: 50ms}\ninputs: ${inputs}\noutputs: {score: probability}\nfallback: {score: 0.5}\n${more}`;

/** What the layers below tell the tenants', recorded once for each profile. */
const BELOW = new Map<CloudProfile, Promise<Recording>>();

function below(profile: CloudProfile): Promise<Recording> {
  const known = BELOW.get(profile) ?? recordBelow(profile);
  BELOW.set(profile, known);
  return known;
}

function recordBelow(profile: CloudProfile): Promise<Recording> {
  const config = configOf({ ...stackValues(profile), layers: ['foundation', 'platform'] });
  return record(environment, { state: standInCloud().state, stack: profile, config });
}

/** Outputs of the platform as a test changes them, by section. */
export type Told = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Records a stack of tenants alone, above a platform that another stack has built. */
export async function recordTenants(tenantsDir: string, profile: CloudProfile = 'prod', told: Told = {}): Promise<Recording> {
  const { outputs } = await below(profile);
  const platform = Object.fromEntries(
    Object.entries(Object(outputs.platform)).map(([section, values]) => [section, { ...Object(values), ...told[section] }]),
  );
  const cloud = standInCloud().state;
  const state: World['state'] = (resource) =>
    resource.type === 'pulumi:pulumi:StackReference' ? { outputs: { ...outputs, platform } } : cloud(resource);
  const { existing: _, ...own } = stackValues(profile);
  return record(environment, {
    state,
    stack: `${profile}-tenants`,
    config: configOf({ ...own, tenantsDir, layers: ['tenants'], upstream: profile }),
  });
}
