import { createHash } from 'node:crypto';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { DATABASE_CERTIFICATES } from '../registry/databases-plan.ts';
import { externalSecret } from '../secrets/external-secret.ts';
import { FeatureAccess } from './feature-access.ts';
import { FeatureServer } from './feature-server.ts';
import { featureStoreYaml, STORE_VARIABLES } from './feature-store.ts';
import { OfflineStore } from './offline.ts';
import { FEAST, type FeaturesArgs, type FeaturesPlan, planFeatures } from './plan.ts';
import { type FeastPods, materialisationSpec, setUpSpec } from './pods.ts';

const { namespace } = FEAST;

/**
 * Feast: its tables and permissions, its servers, and the Job that keeps the online store fresh. Plain objects, not the chart: that one sets replicas
 * beside an autoscaler, and starts every server with a word, known to all who read the chart, that stands for any permission (`INTRA_COMMUNICATION_BASE64`).
 * @example new Features('prod-features', { env: 'prod', account, partition: 'aws', region, clusterName, image, replicas: { min: 2, max: 10 }, online, … }, { providers })
 */
export class Features extends Component {
  /** The servers, and all that they need to answer and to be asked. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: FeaturesArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planFeatures(args);
    super('weir:features:Features', name, {}, options);

    const first = { dependsOn: [...args.after] };
    const offline = new OfflineStore(`${name}-offline`, args, plan, this.child());
    const role = this.#role(name, args, plan);
    const access = new FeatureAccess(`${name}-access`, { after: args.after }, this.child());
    const text = featureStoreYaml({ project: plan.project, region: args.region, online: args.online.kind, certificates: DATABASE_CERTIFICATES });
    const config = { metadata: { name: FEAST.storeConfig, namespace }, data: { 'feature_store.yaml': text } };
    const store = new k8s.core.v1.ConfigMap(`${name}-store`, config, this.child(first));
    const database = { namespace, secretName: FEAST.databaseSecret, remoteKey: args.database.secret, keys: ['username', 'password'] };
    const password = externalSecret(`${name}-database`, database, this.child(first)).ready;
    const pods: FeastPods = {
      image: args.image,
      environment: environmentOf(args, offline),
      storeDigest: createHash('sha256').update(text).digest('hex'),
    };
    const setUp = new k8s.batch.v1.Job(
      `${name}-set-up`,
      { metadata: { namespace }, spec: setUpSpec(pods) }, // without a name: another image or store is another Job
      this.child({ dependsOn: [store, ...password, ...access.ready, ...role.ready, ...offline.ready], customTimeouts: { create: '15m' } }),
    );
    const server = new FeatureServer(`${name}-server`, { pods, replicas: args.replicas, after: [setUp] }, this.child());
    const materialisation = new k8s.batch.v1.CronJob(
      `${name}-materialisation`,
      { metadata: { name: 'feast-materialise', namespace }, spec: materialisationSpec(pods) },
      this.child({ dependsOn: [setUp] }),
    );

    this.ready = [...server.ready, materialisation];
    this.registerOutputs();
  }

  #role(name: string, args: FeaturesArgs, plan: FeaturesPlan): PodRole {
    const arn = (bucket: pulumi.Input<string>) => pulumi.interpolate`arn:${args.partition}:s3:::${bucket}`;
    const [features, results] = [arn(args.buckets.features), arn(args.buckets.athena)];
    const objects = { featuresObjects: pulumi.interpolate`${features}/*`, resultsObjects: pulumi.interpolate`${results}/features/*` };
    const statements = plan.statements({ features, results, ...objects });
    const pods = { clusterName: args.clusterName, namespace, serviceAccounts: [FEAST.account] };
    return new PodRole(`${name}-role`, { roleName: plan.roleName, account: args.account, pods, statements }, this.child());
  }
}

/** What the store's text leaves open. */
function environmentOf({ region, database, buckets, online }: FeaturesArgs, offline: OfflineStore): FeastPods['environment'] {
  return {
    AWS_DEFAULT_REGION: region, // boto3 reads no AWS_REGION
    [STORE_VARIABLES.databaseHost]: database.host,
    [STORE_VARIABLES.bucket]: buckets.features,
    [STORE_VARIABLES.glueDatabase]: offline.database,
    [STORE_VARIABLES.workgroup]: offline.workgroup,
    ...(online.kind === 'dynamodb'
      ? {}
      : {
          [STORE_VARIABLES.valkeyEndpoint]: online.endpoint,
          [STORE_VARIABLES.valkeyUser]: online.user,
          [STORE_VARIABLES.valkeyGroup]: online.group,
        }),
  };
}
