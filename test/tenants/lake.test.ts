import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { lakeColumns } from '../../components/lake/columns.ts';
import { LAKE_KINDS, lakePrefix } from '../../components/lake/plan.ts';
import { lakeTableName } from '../../components/lake/table.ts';
import { tenantTopics } from '../../components/tenant/names.ts';
import { loadHash64 } from '../../runtime/model/hash.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import labelEvent from '../../runtime/model/schema/label-event.v1.json' with { type: 'json' };
import predictionEvent from '../../runtime/model/schema/prediction-event.v1.json' with { type: 'json' };
import { modelSpec } from '../../runtime/model/spec.ts';
import { type Prediction, predictionRecords } from '../../runtime/proxy/record.ts';
import { type LabelEvent, labelTopic, type PredictionEvent, predictionTopic } from '../../runtime/telemetry/events.ts';
import { recordEnvironment } from '../support/environments.ts';
import { tempFolder } from '../support/temp.ts';
import { modelText, tenantText, writeFolder } from './folder.ts';

/** Complete by its type: a field that is added to an event fails to compile here, and then the schema. */
const PREDICTION: Readonly<Record<keyof PredictionEvent, true>> = {
  id: true,
  requestId: true,
  clientId: true,
  time: true,
  tenant: true,
  model: true,
  version: true,
  arm: true,
  status: true,
  latencySeconds: true,
  features: true,
  keys: true,
  featureAgeSeconds: true,
  unread: true,
  outputs: true,
  typeErrors: true,
};
const LABEL: Readonly<Record<keyof LabelEvent, true>> = {
  requestId: true,
  row: true,
  tenant: true,
  model: true,
  event: true,
  value: true,
  time: true,
};

const MODELS = loadFolder('tenants', { profile: profileOf('prod') }).models.map(({ model }) => model);
const modelsOf = (tenant: string): readonly TenantModel[] => MODELS.filter((model) => model.tenant === tenant);

function modelsFrom(files: Readonly<Record<string, string>>): readonly TenantModel[] {
  using folder = tempFolder();
  writeFolder(folder.path, { ads: { tenant: tenantText('ads'), models: files } });
  const { models, problems } = loadFolder(folder.path, { profile: profileOf('prod') });
  expect(problems).toEqual([]);
  return models.map(({ model }) => model);
}

const typeOf = (models: readonly TenantModel[], column: string): string | undefined =>
  lakeColumns('predictions', models).find(({ name }) => name === column)?.type;

test('an event has the fields of its schema, and the lake has a column for each: what a table lacks is dropped without a word', () => {
  expect(Object.keys(predictionEvent.properties).sort()).toEqual(Object.keys(PREDICTION).sort());
  expect(Object.keys(labelEvent.properties).sort()).toEqual(Object.keys(LABEL).sort());
  for (const kind of LAKE_KINDS) {
    const fields = Object.keys(kind === 'predictions' ? PREDICTION : LABEL).map((key) => key.toLowerCase());
    expect(
      lakeColumns(kind, [])
        .map(({ name }) => name)
        .sort(),
    ).toEqual(fields.sort());
  }
});

test('what the proxy writes fits the schema, with features and without, answered and failed, and every key of it has a member', async () => {
  const hash = await loadHash64();
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(predictionEvent);
  for (const model of MODELS.filter(({ pattern }) => pattern === 'online')) {
    const spec = modelSpec(model);
    const columns = spec.inputs.map(({ kind }) => [kind === 'numeric' ? 1.5 : 'a']);
    const fed =
      spec.features === undefined ? null : { views: [{ view: 'v', ages: [3], newestAge: 3 }], unread: { why: 'late' as const, problem: 'late' } };
    const keys = (spec.features?.keys ?? []).map(() => ['k']);
    const prediction = { spec, requestId: 'r', clientId: null, time: 0, version: '1', arm: 'stable' as const, latencySeconds: 0.1, keys, fed };
    const inputs = { rows: 1, columns, faulty: [{ name: spec.inputs[0]?.name ?? '', rows: [0], problem: 'x' }] };
    const data = spec.outputs.map(({ name }) => ({ name, datatype: 'FP32' as const, shape: [1, 1], data: [Number.NaN], faults: [], problem: '' }));
    const outcomes: readonly Pick<Prediction, 'status' | 'outputs'>[] = [
      { status: 200, outputs: data },
      { status: 'fallback', outputs: null },
    ];
    for (const outcome of outcomes) {
      const [record] = predictionRecords({ ...prediction, ...outcome, inputs }, hash);
      const event: PredictionEvent = JSON.parse(String(record?.value));
      check(event);
      expect(check.errors).toBeNull();
      const struct = typeOf([model], 'features') ?? '';
      expect(Object.keys(event.features).filter((name) => !struct.includes(`${name.toLowerCase()}:`))).toEqual([]);
    }
  }
});

test('a label fits the schema of labels', () => {
  const label: LabelEvent = { requestId: 'r', row: 0, tenant: 't', model: 'm', event: 'e', value: true, time: '2026-01-01T00:00:00.000Z' };
  expect(new Ajv2020({ strict: false, validateFormats: false }).compile(labelEvent)(label)).toBe(true);
});

test('topics are those that the runtime writes to', () => {
  expect(tenantTopics('shop', []).map(({ topic }) => topic)).toEqual([predictionTopic('shop'), labelTopic('shop')]);
  expect(tenantTopics('shop', modelsOf('shop')).map(({ topic }) => topic)).toEqual([
    'weir.predictions.shop',
    'weir.labels.shop',
    'weir.stream.shop.clicks',
    'weir.stream.shop.click-scores',
    'weir.async.shop.moderation',
    'weir.async.shop.moderation.answers',
  ]);
});

test('features and outputs hold what any model of the tenant logs: a hash as text, a list as an array, nothing of what is dropped', () => {
  const files = {
    bid: modelText('bid', '{amount: numeric, Country: categorical, note: text, photo: binary}'),
    buy: modelText('buy', '{amount: numeric, seen.at: timestamp, vector: {kind: embedding, shape: 4}}'),
  };
  const models = modelsFrom(files);
  expect(typeOf(models, 'features')).toBe('struct<amount:float,country:string,note:string,seen_at:bigint,vector:array<float>>');
  expect(typeOf(models, 'outputs')).toBe('struct<score:float>');
  expect(typeOf([], 'features')).toBe('struct<none:boolean>');
  expect(typeOf(models, 'status')).toBe('string'); // 200, or fallback
  expect(typeOf(models, 'keys')).toBe('map<string,string>');
  expect(typeOf(models, 'featureageseconds')).toBe('map<string,double>');
  expect(typeOf(models, 'typeerrors')).toBe('array<string>');
});

test('a tenant has a folder and a table of its own, and no two meet', () => {
  expect(lakePrefix('predictions', 'shop')).toBe('predictions/tenant=shop/');
  expect(lakeTableName('labels', 'risk-office')).toBe('labels_risk_office');
});

test('streams read one topic each from its beginning over the private connection, and write Parquet of the table below the folder of the tenant', async () => {
  const { graph } = await recordEnvironment('prod');
  const named = (end: string) => [...graph.values()].find(({ name }) => name === `prod-tenant-payments-data-${end}`)?.inputs;
  expect(named('stream-predictions')).toMatchObject({
    name: 'weir-prod-payments-predictions',
    destination: 'extended_s3',
    mskSourceConfiguration: {
      topicName: 'weir.predictions.payments',
      readFromTimestamp: '1970-01-01T00:00:00Z',
      authenticationConfiguration: { connectivity: 'PRIVATE' },
    },
    extendedS3Configuration: {
      prefix: 'predictions/tenant=payments/day=!{timestamp:yyyy-MM-dd}/',
      errorOutputPrefix: 'errors/payments/predictions/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/',
      bufferingSize: 128,
      bufferingInterval: 300,
      dataFormatConversionConfiguration: {
        inputFormatConfiguration: { deserializer: { openXJsonSerDe: { caseInsensitive: true, convertDotsInJsonKeysToUnderscores: true } } },
        schemaConfiguration: { databaseName: 'weir_prod', tableName: 'predictions_payments', versionId: 'LATEST' },
      },
    },
    tags: { tenant: 'payments', 'cost-center': 'cc-4711', 'data-class': 'confidential', owner: 'payments-ml' },
  });
  const table = named('table-predictions');
  expect(table).toMatchObject({ name: 'predictions_payments', partitionKeys: [{ name: 'day', type: 'date' }] });
  const parameters = Object(table?.parameters);
  const location = String(Object(table?.storageDescriptor).location);
  expect(location).toMatch(/^s3:\/\/.*\/predictions\/tenant=payments\/$/);
  expect(parameters['storage.location.template']).toBe(`${location}day=\${day}/`);
  expect(parameters['projection.day.range']).toBe('NOW-400DAYS,NOW+1DAYS');
  expect(named('late-predictions')).toMatchObject({ metricName: 'DeliveryToS3.DataFreshness', threshold: 900, treatMissingData: 'notBreaching' });
});

test('queries go through a workgroup that decides for them, and stops what reads too much', async () => {
  const { graph } = await recordEnvironment('small');
  const workgroup = [...graph.values()].find(({ type }) => type === 'aws:athena/workgroup:Workgroup');
  expect(workgroup?.inputs).toMatchObject({
    forceDestroy: false,
    configuration: {
      enforceWorkgroupConfiguration: true,
      bytesScannedCutoffPerQuery: 200 * 2 ** 30,
      resultConfiguration: { encryptionConfiguration: { encryptionOption: 'SSE_KMS' } },
    },
  });
});
