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

/** The bucket that a part names; all that it needs while their names are not known, for a policy may need the bucket that it only mentions. */
export function bucketsOf(graph: ResourceGraph, part: View): readonly View[] {
  const needed = BUCKETS.flatMap((type) => graph.neededBy(part, type));
  const named = needed.filter((bucket) => names(part, 'bucket', bucket));
  return named.length > 0 ? named : needed;
}

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
  const needed = BUCKETS.flatMap((type) => graph.neededBy(log, type));
  const named = needed.filter((bucket) => names(log, 'targetBucket', bucket));
  if (named.length > 0 || needed.length < 2) return named;
  const loggings = ({ resource }: View): number => LOGGINGS.flatMap((type) => graph.needing(resource.urn, type)).length;
  const most = Math.max(...needed.map(loggings));
  return needed.filter((bucket) => loggings(bucket) === most);
}

function names(part: View, property: string, { reader }: View): boolean {
  const [told, own] = [part.reader.read(property), reader.read('bucket')];
  return told.kind === 'known' && own.kind === 'known' && told.value === own.value;
}
