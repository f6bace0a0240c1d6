import type { ResourceGraph, View } from '../../resource-graph.ts';

/** Buckets, and what belongs to one: each by the name that it has now, and by the one before @pulumi/aws 7. */
export const BUCKETS = ['aws:s3/bucket:Bucket', 'aws:s3/bucketV2:BucketV2'];
export const ACCESS_BLOCKS = ['aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock'];
export const OWNERSHIPS = ['aws:s3/bucketOwnershipControls:BucketOwnershipControls'];
export const ACLS = ['aws:s3/bucketAcl:BucketAcl', 'aws:s3/bucketAclV2:BucketAclV2'];
export const POLICIES = ['aws:s3/bucketPolicy:BucketPolicy'];
export const ENCRYPTIONS = both('ServerSideEncryptionConfiguration');
export const VERSIONINGS = both('Versioning');
export const LOGGINGS = both('Logging');
export const LIFECYCLES = both('LifecycleConfiguration');
export const LOCKS = both('ObjectLockConfiguration');

function both(part: string): readonly string[] {
  return ['', 'V2'].map((version) => `aws:s3/bucket${part}${version}:Bucket${part}${version}`);
}

/** Resources of some types that are about a bucket. */
export function partsOf(graph: ResourceGraph, bucket: View, types: readonly string[]): readonly View[] {
  const { urn } = bucket.resource;
  return types.flatMap((type) => graph.needing(urn, type)).filter((part) => bucketsOf(graph, part).some(({ resource }) => resource.urn === urn));
}

/** The bucket that a part names; all that it needs and may mean while names are not known, for a policy may need a bucket that it only mentions. */
export function bucketsOf(graph: ResourceGraph, part: View): readonly View[] {
  return meant(part, 'bucket', neededBuckets(graph, part));
}

const neededBuckets = (graph: ResourceGraph, part: View): readonly View[] => BUCKETS.flatMap((type) => graph.neededBy(part, type));

/** What S3 and the load balancers write their logs as; both write into buckets under S3's own key alone (S3 User Guide, server access logging). */
const WRITERS = /logging\.s3\.amazonaws\.com|logdelivery\.elasticloadbalancing\.amazonaws\.com/;

/** Whether access logs are written into a bucket: it can have no key of its own, and would log its own logging for ever. */
export function takesLogs(graph: ResourceGraph, bucket: View): boolean {
  const { urn } = bucket.resource;
  const isTarget = LOGGINGS.flatMap((type) => graph.needing(urn, type)).some((log) =>
    targetsOf(graph, log).some(({ resource }) => resource.urn === urn),
  );
  const ofOthers = () => BUCKETS.flatMap((type) => graph.needing(urn, type)).some(({ reader }) => reader.has('logging') || reader.has('loggings'));
  return isTarget || ofOthers() || partsOf(graph, bucket, POLICIES).some(({ reader }) => WRITERS.test(JSON.stringify(reader.get('policy'))));
}

/** The bucket that a logging writes to; while no name is known, the one of its two that most loggings need: sources have one each. */
function targetsOf(graph: ResourceGraph, log: View): readonly View[] {
  const needed = neededBuckets(graph, log);
  const found = meant(log, 'targetBucket', needed);
  if (found.some((bucket) => isNamed(log, 'targetBucket', bucket))) return found;
  if (needed.length < 2) return []; // its own bucket: the other stands somewhere else
  const others = found.filter((bucket) => !isNamed(log, 'bucket', bucket));
  const loggings = ({ resource }: View): number => LOGGINGS.flatMap((type) => graph.needing(resource.urn, type)).length;
  const most = Math.max(...others.map(loggings));
  return others.filter((bucket) => loggings(bucket) === most);
}

/** The bucket that a property names, or all that it may name as long as one of both names is not known. */
function meant(part: View, property: string, buckets: readonly View[]): readonly View[] {
  const named = buckets.filter((bucket) => isNamed(part, property, bucket));
  return named.length > 0 ? named : buckets.filter((bucket) => namesOf(part, property, bucket) === null);
}

const isNamed = (part: View, property: string, bucket: View): boolean => {
  const names = namesOf(part, property, bucket);
  return names !== null && names[0] === names[1];
};

/** What a property says, and the bucket's own name; null as long as one is not known. */
function namesOf(part: View, property: string, { reader }: View): readonly [unknown, unknown] | null {
  const [told, own] = [part.reader.read(property), reader.read('bucket')];
  return told.kind === 'known' && own.kind === 'known' ? [told.value, own.value] : null;
}
