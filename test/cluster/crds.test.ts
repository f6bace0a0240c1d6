import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { crdFile, crdSchema, schemasBelow } from '../support/crd-schema.ts';
import { ROOT } from '../support/sources.ts';
import { until } from '../support/until.ts';
import { RULE_CASES } from './crds-rules.ts';
import { MODEL, MODEL_ACTION } from './good-model.ts';

const CRDS = ['models', 'modelactions'].map(crdFile);
const POLICIES = parseAllDocuments(readFileSync(join(ROOT, 'charts/policies/weir-model-namespace.yaml'), 'utf8')).map((document): object =>
  document.toJS(),
);

test('each rule over a Model is broken by a case', () => {
  const messages = [...schemasBelow(crdSchema('models').properties?.spec ?? {})].flatMap(([, schema]) => schema['x-kubernetes-validations'] ?? []);
  const broken = (message: string): boolean => RULE_CASES.some(({ said }) => message.startsWith(said));
  const left = messages.filter(({ message }) => !broken(message)).map(({ message }) => message.split(':', 1).join());
  expect(left.sort()).toEqual(['a model keeps its name', 'a model stays with its tenant']); // those need an object that exists: below
});

describe.skipIf(clusterMissing() !== null)('a real kube-apiserver with the CRDs of Weir', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ crdFiles: CRDS });
    for (const name of ['tenant-payments', 'tenant-shop']) await cluster.createNamespace(name);
  });
  afterAll(() => cluster?.close());

  /** The server's words, or that it took the object. */
  const refusal = async (object: object): Promise<string> => {
    return await cluster.apply(object, { dryRun: true, force: true }).then(
      () => 'accepted',
      (error: unknown) => String(error),
    );
  };

  test.each(['models', 'modelactions'])('establishes %s without a complaint about its schema', async (name) => {
    const { text } = await cluster.request({ method: 'GET', path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}.weir.dev` });
    const { status }: { status: { conditions: readonly { type: string; status: string }[] } } = JSON.parse(text);
    expect(status.conditions.map(({ type, status }) => `${type} ${status}`).sort()).toEqual(['Established True', 'NamesAccepted True']);
  });

  test('takes the effective spec of the ten-line file as it is, and a ModelAction', async () => {
    const { object, warnings } = await cluster.apply(MODEL, { dryRun: true });
    expect({ spec: object.spec, warnings }).toEqual({ spec: MODEL.spec, warnings: [] }); // nothing pruned, nothing added
    expect(await refusal(MODEL_ACTION)).toBe('accepted');
  });

  test.each(RULE_CASES)('$name: $said', async ({ change, said, place }) => {
    const answer = await refusal({ ...MODEL, spec: changed(MODEL.spec, change) });
    expect(answer).toContain(said);
    expect(answer).toContain(place);
  });

  test('a Model is named after its model, and keeps its name and its tenant', async () => {
    const named = { ...MODEL, metadata: { ...MODEL.metadata, name: 'fraud-eu' } };
    expect(await refusal(named)).toContain('metadata.name must be spec.model: name the object after its model');
    await cluster.apply(MODEL);
    expect(await refusal({ ...MODEL, spec: { ...MODEL.spec, model: 'risk' } })).toContain(
      'a model keeps its name: create a Model of the new name, and delete this one',
    );
    expect(await refusal({ ...MODEL, spec: { ...MODEL.spec, tenant: 'shop' } })).toContain(
      "a model stays with its tenant: create a Model in the other tenant's namespace, and delete this one",
    );
    await cluster.delete(MODEL);
  });

  test('an action is asked once and answered once', async () => {
    await cluster.create(MODEL_ACTION);
    expect(await refusal({ ...MODEL_ACTION, spec: { ...MODEL_ACTION.spec, action: 'Promote' } })).toContain(
      'an action is asked once: create another ModelAction',
    );
    const answer = { result: 'Done', message: 'the attempt ended', at: '2026-11-21T13:00:00Z' };
    await cluster.replaceStatus(MODEL_ACTION, answer);
    await cluster.replaceStatus(MODEL_ACTION, answer);
    const again = cluster.replaceStatus(MODEL_ACTION, { ...answer, result: 'Refused' });
    await expect(again).rejects.toThrow('an action is answered once: its status does not change any more');
    await cluster.delete(MODEL_ACTION);
  });

  test('Unlock names the digest that it unlocks, and no other action names one', async () => {
    const digest = `sha256:${'4'.repeat(64)}`;
    const words = 'digest names what Unlock unlocks: give it with Unlock, and with nothing else';
    const action = (change: object): object => ({ ...MODEL_ACTION, spec: { ...MODEL_ACTION.spec, ...change } });
    expect(await refusal(action({ action: 'Unlock', digest }))).toBe('accepted');
    expect(await refusal(action({ action: 'Unlock' }))).toContain(words);
    expect(await refusal(action({ digest }))).toContain(words);
  });

  test('a Model or ModelAction lies in the namespace of its tenant, and is told which one that is', async () => {
    for (const policy of POLICIES) await cluster.apply(policy);
    const foreign = (object: { readonly metadata: object }): object => ({ ...object, metadata: { ...object.metadata, namespace: 'tenant-shop' } });
    const words = 'the namespace of tenant payments is tenant-payments, not tenant-shop: create the Model there, or correct spec.tenant';
    await until(
      async () => (await refusal(foreign(MODEL))).includes(words),
      () => 'the policy is not in force',
    );
    expect(await refusal(foreign(MODEL_ACTION))).toContain('create the ModelAction there');
    expect(await refusal(MODEL)).toBe('accepted');
    expect(await refusal(MODEL_ACTION)).toBe('accepted');
  });
});

/** A copy with values set by place, or taken away. */
function changed(spec: object, change: Readonly<Record<string, unknown>>): object {
  return Object.entries(change).reduce<object>((copy, [place, value]) => withValue(copy, place.split('.'), value), spec);
}

function withValue(holder: object, [key = '', ...rest]: readonly string[], value: unknown): object {
  const held: unknown = Reflect.get(holder, key);
  const next = rest.length === 0 ? value : withValue(typeof held === 'object' && held !== null ? held : {}, rest, value);
  return Array.isArray(holder) ? holder.with(Number(key), next) : { ...holder, [key]: next };
}
