/** Words before a type's own, where they are not the SDK's folder; empty where there is none (`aws_vpc`). */
const PREFIXES: Readonly<Record<string, string>> = { ec2: '', costexplorer: 'ce', rds: 'db' };

/** Types whose Terraform name follows no rule. */
const TYPES: Readonly<Record<string, string>> = {
  'aws:cloudtrail/trail:Trail': 'aws_cloudtrail',
};

/** Services whose resources this export knows; another one's rule of names has to be looked at first. */
const KNOWN = new Set(
  'appautoscaling athena backup budgets cloudtrail cloudwatch costexplorer dynamodb ec2 ecr efs eks elasticache glue iam kinesis kms msk rds s3 secretsmanager sns sqs vpc'.split(
    ' ',
  ),
);

/**
 * `aws:ec2/vpc:Vpc` is `aws_vpc`, `aws:s3/bucketPolicy:BucketPolicy` is `aws_s3_bucket_policy`.
 * @throws Error that names a type without a mapping.
 */
export function terraformType(token: string): string {
  const irregular = TYPES[token];
  if (irregular !== undefined) return irregular;
  const [sdk = '', path = ''] = token.split(':');
  const [folder = '', name = ''] = path.split('/');
  if (sdk === 'random') return snake(name);
  if (sdk !== 'aws' || !KNOWN.has(folder)) throw new Error(`${token} has no Terraform type: add it to test/support/terraform/names.ts`);
  return ['aws', PREFIXES[folder] ?? folder, snake(name)].filter((word) => word !== '').join('_');
}

/** `extendedS3Configuration` is `extended_s3_configuration`. */
export function snake(camel: string): string {
  return camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^_/, '');
}

/** Lists of blocks whose Terraform name is itself a plural; the SDK makes plurals of all others. */
const PLURAL_BLOCKS = new Set(['blockDeviceMappings', 'tagSpecifications', 'networkInterfaces', 'ingress', 'egress']);
/** Lists of plain values that Terraform names in the singular. */
const SINGULAR_VALUES: Readonly<Record<string, string>> = {
  startsWiths: 'starts_with',
  endsWiths: 'ends_with',
  notStartsWiths: 'not_starts_with',
  notEndsWiths: 'not_ends_with',
  monitorArnLists: 'monitor_arn_list',
};

/** The attribute or block that a property is; a list of blocks is one block after the other, named in the singular. */
export function attributeName(property: string, listOfBlocks: boolean): string {
  if (!listOfBlocks) return SINGULAR_VALUES[property] ?? snake(property);
  return snake(PLURAL_BLOCKS.has(property) ? property : singular(property));
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** A resource's name in Terraform: dots would end it (`ecr.api`). */
export const resourceName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_-]/g, '_');
