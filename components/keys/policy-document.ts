/** A statement of a resource policy, as AWS reads it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: PolicyCondition;
}

/** Operator, key, value: `{ StringEquals: { 'aws:SourceAccount': '123456789012' } }`. All have to hold. */
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A resource policy. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}
