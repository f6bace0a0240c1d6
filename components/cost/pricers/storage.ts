import type { UsageKey } from '../assumptions.ts';
import { assumed, fixed, free, type Pricer, share } from '../line.ts';

const BUCKETS = ['aws:s3/bucket:Bucket', 'aws:s3/bucketV2:BucketV2'];
const TRAIL = 'aws:cloudtrail/trail:Trail';
const KEYS = ['aws:kms/key:Key', 'aws:kms/replicaKey:ReplicaKey'];

/** What a bucket is for stands in its logical name: `prod-storage-registry-bucket`. */
const PURPOSES: Readonly<Record<string, UsageKey>> = {
  registry: 'registryGb',
  serving: 'servingGb',
  features: 'featuresGb',
  lake: 'lakeGb',
  profiles: 'profilesGb',
  athena: 'athenaGb',
  logs: 'logsBucketGb',
};

const bucket: Pricer = (_, context, node) => {
  const all = BUCKETS.flatMap(context.nodes);
  const purpose = /([a-z]+)(?:-bucket)?$/.exec(node.name)?.[1] ?? '';
  const key = PURPOSES[purpose] ?? 'otherBucketGb';
  return [
    assumed(
      key === 'otherBucketGb' ? 'stored in the bucket' : `stored in ${purpose}`,
      's3.gb',
      context.usage.quantities[key],
      key,
      'standard storage class',
    ),
    assumed('writes and lists', 's3.write', share(context, 'bucketWriteMillions', node, all), 'bucketWriteMillions'),
    assumed('reads', 's3.read', share(context, 'bucketReadMillions', node, all), 'bucketReadMillions'),
  ];
};

const key: Pricer = (inputs, context, node) => {
  const rotates = inputs.factor('enableKeyRotation', 1, 0);
  return [
    fixed('KMS key', 'kms.key', 1, rotates === 1 ? 'each of the first two rotations adds as much' : undefined),
    assumed('requests', 'kms.requests', share(context, 'keyRequestMillions', node, KEYS.flatMap(context.nodes)), 'keyRequestMillions'),
  ];
};

/** Each trail is charged for the data events it records; the first copy of management events is free. */
const trail: Pricer = (inputs, context) => {
  const recorded = inputs.size('advancedEventSelectors') + inputs.size('eventSelectors');
  if (recorded === 0) return [free('CloudTrail', 'the first copy of management events is free')];
  return [assumed('data events', 'cloudtrail.data', context.usage.quantities.dataEventMillions, 'dataEventMillions')];
};

export const storagePricers: Readonly<Record<string, Pricer>> = {
  ...Object.fromEntries(BUCKETS.map((type) => [type, bucket])),
  ...Object.fromEntries(KEYS.map((type) => [type, key])),
  [TRAIL]: trail,
};
