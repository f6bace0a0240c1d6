import { numberAt, textAt, valuesAt } from '../inputs/values.ts';
import type { RuleId } from './rule-id.ts';

const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';

/** 30-platform 2.3. */
export const NODES: readonly RuleId[] = [
  {
    ids: ['AWS-0130', 'CKV_AWS_79'],
    title: 'instances speak IMDSv2 alone',
    types: [TEMPLATE],
    holds: ({ inputs }) => textAt(inputs, 'metadataOptions.httpTokens') === 'required',
    breaks: { changes: { 'metadataOptions.httpTokens': 'optional' } },
  },
  {
    ids: ['AWS-0131'],
    title: 'volumes of instances are encrypted',
    types: [TEMPLATE],
    holds: ({ inputs }) => {
      const volumes = valuesAt(inputs, 'blockDeviceMappings.ebs');
      return volumes.length > 0 && volumes.every(({ value }) => textAt(value, 'encrypted') === 'true' && textAt(value, 'kmsKeyId') !== null);
    },
    breaks: { changes: { 'blockDeviceMappings.ebs.encrypted': 'false' } },
  },
  {
    ids: ['CKV_AWS_341'],
    title: 'an answer of the metadata service goes one hop: a pod gets none',
    types: [TEMPLATE],
    holds: ({ inputs }) => (numberAt(inputs, 'metadataOptions.httpPutResponseHopLimit') ?? 1) <= 1,
    breaks: { changes: { 'metadataOptions.httpPutResponseHopLimit': 2 } },
  },
];
