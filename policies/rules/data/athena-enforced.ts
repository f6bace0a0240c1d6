import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { isNotOff, isOn, numberOf } from '../values.ts';

const WORKGROUP = 'aws:athena/workgroup:Workgroup';

const workgroupOf = (enforceWorkgroupConfiguration: boolean) => ({
  configuration: {
    enforceWorkgroupConfiguration,
    bytesScannedCutoffPerQuery: 107_374_182_400,
    resultConfiguration: {
      outputLocation: 's3://results/queries/',
      encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/data' },
    },
  },
});

/** Athena encrypts results that it keeps itself. */
function resultProblems(workgroup: Reader): readonly Problem[] {
  if (isOn(workgroup.get('configuration.managedQueryResultsConfiguration.enabled'))) return [];
  const unless = (path: string, problem: string) => (workgroup.has(path) ? [] : [workgroup.problem(path, problem)]);
  return [
    ...unless('configuration.resultConfiguration.outputLocation', 'writes results wherever a client says'),
    ...unless('configuration.resultConfiguration.encryptionConfiguration.encryptionOption', 'does not encrypt results'),
  ];
}

export const athenaEnforced: ResourceRule = {
  kind: 'resource',
  id: 'athena-enforced',
  title: 'a workgroup decides where results lie, how they are encrypted, and how much a query may read',
  reason:
    'A client that decides itself leaves copies of the lake in its own bucket, in clear; and one query without a partition reads, and bills, all of it.',
  remedy:
    'Weir sets all of it; elsewhere set enforceWorkgroupConfiguration, resultConfiguration and bytesScannedCutoffPerQuery of the aws.athena.Workgroup.',
  severity: 'medium',
  ids: ['AWS-0006', 'AWS-0007', 'CKV_AWS_82', 'CKV_AWS_159'],
  scope: 'any',
  mustBeKnown: ['configuration.enforceWorkgroupConfiguration'],
  on: [WORKGROUP],
  check: (workgroup) => [
    ...workgroup.expect('configuration.enforceWorkgroupConfiguration', isNotOff, 'lets a client decide otherwise'), // true by default
    ...workgroup.part(() => resultProblems(workgroup)),
    ...workgroup.part(() =>
      /spark/i.test(workgroup.text('configuration.engineVersion.selectedEngineVersion') ?? '') // sessions of Spark have no such limit
        ? []
        : workgroup.expect('configuration.bytesScannedCutoffPerQuery', (value) => numberOf(value ?? 0) > 0, 'lets one query read everything'),
    ),
  ],
  pass: [{ type: WORKGROUP, props: workgroupOf(true) }],
  fail: [{ type: WORKGROUP, props: workgroupOf(false) }],
};
