import * as pulumi from '@pulumi/pulumi';

type Text = pulumi.Input<string>;

/** One statement of an IAM policy. */
export interface Statement {
  /** Letters and digits: what the statement is for. */
  readonly sid: string;
  /** Default `Allow`. */
  readonly effect?: 'Allow' | 'Deny';
  /** Who, in a trust or resource policy: `{ Service: 'eks.amazonaws.com' }`. */
  readonly principal?: Readonly<Record<string, Text | readonly Text[]>>;
  readonly actions: readonly string[];
  /** ARNs; left out in a trust policy. */
  readonly resources?: readonly Text[];
  /** By operator, then by key. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, Text | readonly Text[]>>>>;
}

/** The JSON that IAM reads. Keys stand in one order, so that equal policies are equal text. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect = 'Allow', principal, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      ...(principal === undefined ? {} : { Principal: principal }),
      Action: actions,
      ...(resources === undefined ? {} : { Resource: resources }),
      ...(conditions === undefined ? {} : { Condition: conditions }),
    })),
  });
}

/** Trust of a role that one AWS service assumes; the conditions say for whom, or any customer could make the service use it. */
export function trustOf(service: string, conditions: NonNullable<Statement['conditions']>): Statement {
  return { sid: 'AssumedByTheService', principal: { Service: service }, actions: ['sts:AssumeRole'], conditions };
}
