import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { FeatureService } from '../../runtime/features/catalogue.ts';
import { effectiveModel, layersBelow } from '../../runtime/model/layers/effective.ts';
import { PROFILES, profileOf } from '../../runtime/model/layers/profiles.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import type { ModelFile } from '../../runtime/model/model-file.ts';
import { PRESETS } from '../../runtime/model/presets.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { compileModelCheck, MODEL_SCHEMA } from '../../runtime/model/read/schemas.ts';
import { childSchema } from '../../runtime/model/schema-types.ts';
import { readText, TEN_LINES } from '../model/files.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { crdFile } from '../support/crd-schema.ts';
import { fromSchema } from '../support/from-schema.ts';
import { ROOT } from '../support/sources.ts';

const FOLDERS = ['tenants'];

const SERVICE: FeatureService = {
  tenant: 'payments',
  name: 'any_v1',
  keys: { card_id: 'BYTES' },
  fields: { spend: { kind: 'numeric', datatype: 'FP32', shape: 1 } },
  views: [],
};

const TEN: ModelFile = parse(TEN_LINES);

/** The ten lines with any one section that the schema takes in the place of their own; what its fields mean to each other may be wrong. */
const files: fc.Arbitrary<ModelFile> = fc
  .constantFrom(...Object.keys(MODEL_SCHEMA.properties ?? {}).filter((key) => !['model', 'pattern'].includes(key)))
  .chain((key) => fromSchema(MODEL_SCHEMA, childSchema(MODEL_SCHEMA, MODEL_SCHEMA, key)).map((value): unknown => ({ ...TEN, [key]: value })))
  .filter(isLegal);
const check = compileModelCheck();
function isLegal(data: unknown): data is ModelFile {
  return check(data).length === 0;
}

const objectOf = (model: TenantModel) => ({
  apiVersion: 'weir.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: model.model, namespace: `tenant-${model.tenant}` },
  spec: model,
});

describe.skipIf(clusterMissing() !== null)('the effective spec as a Model, on a real kube-apiserver', () => {
  let cluster: Cluster;
  const namespaces = new Set<string>();
  beforeAll(async () => {
    cluster = await startCluster({ crdFiles: [crdFile('models')] });
  });
  afterAll(() => cluster?.close());

  /** What the server would keep of it. */
  const kept = async (model: TenantModel): Promise<unknown> => {
    const { metadata, ...object } = objectOf(model);
    if (!namespaces.has(metadata.namespace)) await cluster.createNamespace(metadata.namespace);
    namespaces.add(metadata.namespace);
    return (await cluster.apply({ ...object, metadata }, { dryRun: true })).object.spec;
  };

  test.each(FOLDERS.flatMap((folder) => PROFILES.map((profile) => [folder, profile] as const)))(
    'of every model in %s with profile %s is taken whole',
    async (folder, profile) => {
      const { models, problems } = loadFolder(join(ROOT, folder), { profile: profileOf(profile) });
      expect(problems).toEqual([]);
      expect(models.length).toBeGreaterThan(0);
      for (const { model } of models) expect(await kept(model)).toEqual(model); // nothing refused, pruned or added
    },
  );

  test.each(PRESETS)('of the ten lines with preset %s is taken whole', async (preset) => {
    const file = { ...TEN, rollout: { preset, stickiness: { header: 'x-user-id' } } };
    const model = { tenant: 'payments', ...effectiveModel({ file, below: layersBelow(null, profileOf('prod')), service: null }).model };
    expect(await kept(model)).toEqual(model);
  });

  test('is refused for no file that the reader takes, and a taken one is taken whole', async () => {
    const below = layersBelow(null, profileOf('prod'));
    let taken = 0;
    for (const file of fc.sample(files, { numRuns: 120, seed: 4 })) {
      const model = { tenant: 'payments', ...effectiveModel({ file, below, service: SERVICE }).model };
      const answer = await kept(model).catch((error: unknown) => String(error));
      const read = readText(stringify(file), { profile: 'prod', service: () => SERVICE });
      const refused = typeof answer === 'string';
      expect(refused ? { answer, read: read.kind } : answer).toEqual(refused ? { answer, read: 'problems' } : model);
      if (!refused) taken++;
    }
    expect(taken).toBeGreaterThan(10);
  });
});
