import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROFILES, profileOf } from '../../runtime/model/layers/profiles.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { PRESETS } from '../../runtime/model/presets.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { loadedOf, TEN_LINES } from '../model/files.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { crdFile } from '../support/crd-schema.ts';
import { ROOT } from '../support/sources.ts';

const FOLDERS = ['tenants'];

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
    const sticky = `{preset: ${preset}, stickiness: {header: x-user-id}}`;
    const { model } = loadedOf(TEN_LINES.replace('rollout: standard', `rollout: ${sticky}`));
    expect(await kept(model)).toEqual(model);
  });
});
