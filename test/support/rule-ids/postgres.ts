import type { Graph, Node } from '../../../cli/graph/node.ts';
import { namedNode, numberAt, textAt, textsAt, valuesAt } from '../inputs/values.ts';
import type { RuleId } from './rule-id.ts';

const INSTANCE = 'aws:rds/instance:Instance';
const PARAMETERS = 'aws:rds/parameterGroup:ParameterGroup';

/** A flag that has to be set, or has to be unset. */
const flag = (ids: readonly string[], title: string, property: string, wanted = true): RuleId => ({
  ids,
  title,
  types: [INSTANCE],
  holds: ({ inputs }) => inputs[property] === wanted,
  breaks: { changes: { [property]: !wanted } },
});

function parameter(instance: Node, graph: Graph, name: string): string | null {
  const group = namedNode(graph, PARAMETERS, textAt(instance.inputs, 'parameterGroupName'));
  const found = valuesAt(group?.inputs, 'parameters').find(({ value }) => textAt(value, 'name') === name);
  return textAt(found?.value, 'value');
}

/** 30-platform 2.6. */
export const POSTGRES: readonly RuleId[] = [
  flag(['AWS-0080', 'CKV_AWS_16'], 'the database is encrypted', 'storageEncrypted'),
  flag(['AWS-0180', 'CKV_AWS_17'], 'the database has no public address', 'publiclyAccessible', false),
  flag(['AWS-0176', 'CKV_AWS_161'], 'the database takes IAM for a password', 'iamDatabaseAuthenticationEnabled'),
  flag(['AWS-0133', 'CKV_AWS_353'], 'the database shows what its time is spent on', 'performanceInsightsEnabled'),
  flag(['CKV_AWS_226'], 'the database gets minor versions by itself', 'autoMinorVersionUpgrade'),
  flag(['CKV2_AWS_60'], 'snapshots carry the instance’s tags', 'copyTagsToSnapshot'),
  {
    ...flag(['AWS-0177', 'CKV_AWS_293'], 'the database is not deleted by mistake', 'deletionProtection'),
    waived: [{ profiles: ['dev'], reason: 'dev drops its data with the stack.', date: '2026-11-21' }],
  },
  {
    ...flag(['CKV_AWS_157'], 'the database stands in two zones', 'multiAz'),
    waived: [{ profiles: ['dev', 'small'], reason: 'A second zone doubles the price: dev and small restore a backup instead.', date: '2026-11-21' }],
  },
  {
    ids: ['AWS-0077', 'CKV_AWS_133'],
    title: 'the database is backed up, for a week or longer',
    types: [INSTANCE],
    holds: ({ inputs }) => (numberAt(inputs, 'backupRetentionPeriod') ?? 1) >= 7,
    breaks: { changes: { backupRetentionPeriod: 1 } },
  },
  {
    ids: ['CKV_AWS_118'],
    title: 'the database’s host is watched every minute',
    types: [INSTANCE],
    holds: ({ inputs }) => (numberAt(inputs, 'monitoringInterval') ?? 0) > 0,
    breaks: { changes: { monitoringInterval: 0 } },
  },
  {
    ids: ['CKV_AWS_129'],
    title: 'the database’s logs leave it',
    types: [INSTANCE],
    holds: ({ inputs }) => textsAt(inputs, 'enabledCloudwatchLogsExports').includes('postgresql'),
    breaks: { changes: { enabledCloudwatchLogsExports: [] } },
  },
  {
    ids: ['CKV_AWS_211'],
    title: 'the database’s certificate is signed by a current authority',
    types: [INSTANCE],
    holds: ({ inputs }) => /^rds-ca-(rsa2048|rsa4096|ecc384)-g1$/.test(textAt(inputs, 'caCertIdentifier') ?? ''),
    breaks: { changes: { caCertIdentifier: 'rds-ca-2019' } },
  },
  {
    ids: ['CKV_AWS_354'],
    title: 'what the database shows lies under an own key',
    types: [INSTANCE],
    holds: ({ inputs }) => textAt(inputs, 'performanceInsightsKmsKeyId') !== null,
    breaks: { changes: { performanceInsightsKmsKeyId: null } },
  },
  {
    ids: ['CKV2_AWS_30'],
    title: 'slow queries and changes of tables are logged',
    types: [INSTANCE],
    holds: (instance, graph) =>
      parameter(instance, graph, 'log_min_duration_statement') !== null && parameter(instance, graph, 'log_statement') !== null,
    breaks: { type: PARAMETERS, changes: { parameters: [{ name: 'rds.force_ssl', value: '1' }] } },
  },
  {
    ids: ['CKV2_AWS_69'],
    title: 'the database speaks TLS alone',
    types: [INSTANCE],
    holds: (instance, graph) => parameter(instance, graph, 'rds.force_ssl') === '1',
    breaks: { type: PARAMETERS, changes: { parameters: [{ name: 'rds.force_ssl', value: '0' }] } },
  },
];
