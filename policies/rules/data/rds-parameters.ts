import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { numberOf } from '../values.ts';

const GROUP = 'aws:rds/parameterGroup:ParameterGroup';

/** The version that a group is for; undefined when it is no Postgres'. */
function postgresOf(group: Reader): number | undefined {
  const [, major] = /^postgres(\d+)/.exec(group.text('family') ?? '') ?? [];
  return major === undefined ? undefined : Number(major);
}

/** The value of a parameter as text; undefined when the group leaves it as it is. */
function valueIn(group: Reader, name: string): string | undefined {
  const found = group.list('parameters').find((parameter) => parameter.text('name') === name);
  return found?.text('value') ?? found?.number('value')?.toString();
}

const groupOf = (forceSsl: string) => ({
  family: 'postgres17',
  parameters: [
    { name: 'rds.force_ssl', value: forceSsl },
    { name: 'log_statement', value: 'ddl' },
    { name: 'log_min_duration_statement', value: '500' },
  ],
});

export const rdsParameters: ResourceRule = {
  kind: 'resource',
  id: 'rds-parameters',
  title: 'Postgres speaks TLS alone, and logs slow queries and changes of tables',
  reason: 'Passwords and rows cross the network in clear otherwise; and after an outage nobody can say which query or which migration it was.',
  remedy: 'Weir sets all three; elsewhere set rds.force_ssl to 1, log_statement to ddl and log_min_duration_statement to 500 in the parameter group.',
  severity: 'medium',
  ids: ['CKV2_AWS_30', 'CKV2_AWS_69'],
  scope: 'any',
  on: [GROUP],
  check: (group) => {
    const version = postgresOf(group);
    if (version === undefined) return [];
    const unless = (name: string, holds: (value: string | undefined) => boolean, problem: string): readonly Problem[] =>
      group.part(() => (holds(valueIn(group, name)) ? [] : [group.problem('parameters', problem)]));
    return [
      ...unless('rds.force_ssl', (value) => (value ?? (version >= 15 ? '1' : '0')) === '1', 'lets clients speak without TLS'), // RDS: on by default from 15
      ...unless('log_statement', (value) => (value ?? 'none') !== 'none', 'does not log changes of tables'),
      ...unless('log_min_duration_statement', (value) => numberOf(value ?? -1) >= 0, 'does not log slow queries'),
    ];
  },
  pass: [{ type: GROUP, props: groupOf('1') }],
  fail: [{ type: GROUP, props: groupOf('0') }],
};
