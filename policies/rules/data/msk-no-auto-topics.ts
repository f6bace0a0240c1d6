import type { ResourceRule } from '../../rule.ts';
import { CONFIGURATION, serverPropertiesOf } from './server-properties.ts';

export const mskNoAutoTopics: ResourceRule = {
  kind: 'resource',
  id: 'msk-no-auto-topics',
  title: 'no topic is made by writing to it',
  reason: 'A mistyped name becomes a topic with nobody’s retention and nobody’s rights, and its records are missed days later.',
  remedy: 'Weir sets it; elsewhere set auto.create.topics.enable=false in the configuration’s serverProperties, and make topics by aws.msk.Topic.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  on: [CONFIGURATION],
  check: (configuration) =>
    serverPropertiesOf(configuration).get('auto.create.topics.enable')?.toLowerCase() === 'true' // MSK's default is false
      ? [configuration.problem('serverProperties', 'makes a topic of every name that is written to')]
      : [],
  pass: [{ type: CONFIGURATION, props: { serverProperties: 'auto.create.topics.enable=false\nnum.partitions=6\n' } }],
  fail: [{ type: CONFIGURATION, props: { serverProperties: 'auto.create.topics.enable=true\nnum.partitions=6\n' } }],
};
