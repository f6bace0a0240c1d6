import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ArgsError } from '../../runtime/errors.ts';
import { readTenants } from '../../stacks/tenants/read.ts';
import { tempFolder } from '../support/temp.ts';
import { type Folder, modelText, tenantText, writeFolder } from './folder.ts';

const POOLS = {
  ami: 'al2023@v20260801',
  generalCpu: 64,
  inferenceCpu: 64,
  gpuFamilies: ['g5', 'g6', 'g6e'],
  gpus: 4,
  gpuSpot: 'off',
  trainingFamilies: ['p5'],
  trainingGpus: 0,
  sharedGpus: 0,
  sharedBy: 2,
  consolidation: 'WhenEmptyOrUnderutilized',
} as const;
const given = (tenantsDir: string, lake: 'on' | 'off' = 'on') => ({ tenantsDir, profile: 'small', pools: POOLS, lake }) as const;

/** What is told of a folder. */
function told(folder: Folder, lake: 'on' | 'off' = 'on'): string {
  using root = tempFolder();
  writeFolder(join(root.path, 'tenants'), folder);
  try {
    readTenants(given('tenants', lake), root.path);
    return '';
  } catch (error) {
    if (error instanceof ArgsError) return error.message;
    throw error;
  }
}

test("the repository's own tenants are read from the root of the project, wherever the program runs", () => {
  const before = process.cwd();
  process.chdir('stacks');
  try {
    const tenants = readTenants(given('tenants'));
    expect(tenants.map(({ tenant, models }) => [tenant.tenant, models.length])).toEqual([
      ['flights', 1],
      ['payments', 3],
      ['shop', 8],
    ]);
  } finally {
    process.chdir(before);
  }
});

test('tenants may lie in a repository of their own: an absolute folder', () => {
  using folder = tempFolder();
  writeFolder(folder.path, { search: { tenant: tenantText('search'), models: { rank: modelText('rank') } } });
  expect(readTenants(given(folder.path)).map(({ models }) => models.map(({ model, tenant }) => `${tenant}/${model}`))).toEqual([['search/rank']]);
});

test('an empty folder holds no tenants, and one that is not there is a mistake', () => {
  using folder = tempFolder();
  expect(readTenants(given(folder.path))).toEqual([]);
  expect(() => readTenants(given('nowhere'), folder.path)).toThrow(`weir:tenantsDir  there is no folder ${folder.path}/nowhere`);
});

test('a folder too high or too deep holds no tenants, and is refused before an up removes all of them', () => {
  using folder = tempFolder();
  writeFolder(join(folder.path, 'tenants'), { search: { tenant: tenantText('search'), models: { rank: modelText('rank') } } });
  expect(() => readTenants(given(folder.path))).toThrow(`${folder.path} holds no tenant, and is not empty: tenants is none`);
  expect(() => readTenants(given('tenants/search'), folder.path)).toThrow(`${folder.path}/tenants/search holds no tenant`);
  expect(() => readTenants(given('tenants/search/tenant.yaml'), folder.path)).toThrow('tenant.yaml is no folder');
  mkdirSync(join(folder.path, 'none/schemas'), { recursive: true });
  writeFileSync(join(folder.path, 'none/README.md'), 'tenants come here');
  expect(readTenants(given('none'), folder.path)).toEqual([]);
});

test('every mistake of every file is told at once, with file, line, column and remedy, and nothing is planned', () => {
  const wrong = tenantText('search').replace('owner: team', 'ownr: team');
  const text = told({
    search: { tenant: wrong },
    ads: { tenant: tenantText('ads'), models: { bid: modelText('bid').replace('50ms', 'fast') } },
  });
  expect(text).toContain('weir:tenantsDir  2 problems in 2 files\n');
  expect(text).toContain('tenants/ads/models/bid.yaml:4:20  serving.latency');
  expect(text).toMatch(/tenants\/search\/tenant\.yaml:2:1 {2}ownr .*\n.*\n.*did you mean "owner"/);
  expect(text).toContain('`weir validate` tells the same');
});

test('what lies between files is checked for this environment: a quota that is too small', () => {
  const text = told({ ads: { tenant: tenantText('ads', 'quota: {cpu: 1}\n'), models: { bid: modelText('bid') } } });
  expect(text).toContain('tenants/ads/tenant.yaml:5:14  quota.cpu  1 does not cover the models');
});

test('an environment whose GPUs are of no kind that Weir knows says so', () => {
  using root = tempFolder();
  const gpu = 'quota: {gpus: 4}\npools: {default: {accelerator: l4}}\n';
  writeFolder(join(root.path, 'tenants'), { ads: { tenant: tenantText('ads', gpu) } });
  const settings = { ...given('tenants'), pools: { ...POOLS, gpuFamilies: ['g4dn'] } };
  expect(() => readTenants(settings, root.path)).toThrow('It offers none: leave the accelerator out.');
});

test('a warning stops nothing', () => {
  expect(
    told({ ads: { tenant: tenantText('ads', 'budget: {monthly: 1}\n'), models: { bid: modelText('bid', undefined, 'cost: {monthly: 5}\n') } } }),
  ).toBe('');
});

test('a logged field that the lake cannot have is refused where there is a lake, and nowhere else', () => {
  const folder = { ads: { tenant: tenantText('ads'), models: { bid: modelText('bid', '{user-age: numeric}') } } };
  expect(told(folder)).toContain('tenants/ads/models/bid.yaml:5:10  inputs.user-age  "user-age" has a hyphen, and no column of the lake may');
  expect(told(folder, 'off')).toBe('');
  expect(told({ ads: { tenant: tenantText('ads'), models: { bid: modelText('bid', '{user-age: {kind: numeric, log: drop}}') } } })).toBe('');
});

test('two names of one model that are one in the lake are refused, and one name of two models is not', () => {
  const twice = { bid: modelText('bid', '{user.age: numeric, user_age: numeric}') };
  expect(told({ ads: { tenant: tenantText('ads'), models: twice } })).toContain('"user_age" is "user_age" in the lake, and so is "user.age" of bid');
  const shared = { bid: modelText('bid', '{user.age: numeric}'), buy: modelText('buy', '{user_age: numeric}') };
  expect(told({ ads: { tenant: tenantText('ads'), models: shared } })).toBe('');
  const other = { ...shared, buy: modelText('buy', '{user_age: categorical}') };
  expect(told({ ads: { tenant: tenantText('ads'), models: other } })).toContain('tenants/ads/models/buy.yaml');
});
