/** Services whose name people know otherwise, or need not hear: an EC2 subnet is a subnet. */
const SERVICES: Readonly<Record<string, string>> = {
  ec2: '',
  vpc: '',
  s3: '',
  cloudwatch: '',
  ecr: 'ECR',
  eks: 'EKS',
  elasticache: 'Valkey',
  rds: 'RDS',
  msk: 'MSK',
  iam: 'IAM',
  kms: 'KMS',
  kinesis: '',
  backup: 'backup',
  budgets: '',
  appautoscaling: 'autoscaling',
  costexplorer: 'cost',
  secretsmanager: '',
  cloudtrail: '',
  index: 'random',
  glue: 'Glue',
  athena: 'Athena',
};

/** Words that are written in capitals, or apart. */
const WORDS: Readonly<Record<string, string>> = {
  vpc: 'VPC',
  eip: 'elastic IP',
  nat: 'NAT',
  ipv4: 'IPv4',
  cidr: 'CIDR',
  id: 'id',
  iam: 'IAM',
  sqs: 'SQS',
  firehose: 'Firehose',
  addon: 'add-on',
  pod: 'Pod',
  identity: 'Identity',
  ec2: 'EC2',
  prometheus: 'Prometheus',
  alertmanager: 'Alertmanager',
};

/** A resource's type as people call it: `aws:rds/instance:Instance` is an RDS instance. */
export function kindOf(type: string): string {
  const [provider = '', path = '', className = ''] = type.split(':');
  const folder = path.split('/')[0] ?? '';
  const words = className.split(/(?<=[a-z0-9])(?=[A-Z])/).map((word) => WORDS[word.toLowerCase()] ?? word.toLowerCase());
  const service = provider === 'aws' ? (SERVICES[folder] ?? folder.toUpperCase()) : folder === 'helm.sh' ? 'Helm' : provider.replace(/^k/, 'K');
  const own = words.join(' ');
  return service === '' || own.toLowerCase().startsWith(`${service.toLowerCase()} `) ? own : `${service} ${own}`;
}

/** `1 subnet`, `15 subnets`, `2 IAM policies`. */
export function countedKind(count: number, kind: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? kind : plural(kind)}`;
}

function plural(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  if (/controls$|settings$/.test(kind)) return kind;
  return /(s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`;
}
