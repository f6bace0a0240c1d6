import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { mlflowValues } from '../../charts/values/mlflow.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { release } from '../release.ts';
import { externalSecret } from '../secrets/external-secret.ts';
import { generatedSecret } from '../secrets/generated-secret.ts';
import { DATABASE_CERTIFICATES } from './databases-plan.ts';
import { migrationSpec, registryTraffic } from './objects.ts';
import { ARTIFACT_PREFIX, MLFLOW, planRegistry, type RegistryArgs, type RegistryPlan } from './plan.ts';

const { namespace } = MLFLOW;
const SELECTOR = { 'app.kubernetes.io/name': 'mlflow', 'app.kubernetes.io/instance': 'mlflow' };

/**
 * MLflow's server with its tables, users and rights.
 * @example new Registry('prod-registry', { env: 'prod', account, partition: 'aws', clusterName, replicas: 2, domain: 'ml.example.com', image, bucket, keyArn, … }, { providers })
 */
export class Registry extends Component {
  /** The server. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: RegistryArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planRegistry(args);
    super('weir:registry:Registry', name, {}, options);

    const role = this.#role(name, args, plan);
    const first = { dependsOn: [...args.after] };
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata: { name: MLFLOW.account, namespace }, automountServiceAccountToken: false },
      this.child(first),
    );
    const secrets = this.#secrets(name, args);
    const traffic = new k8s.networking.v1.NetworkPolicy(
      `${name}-traffic`,
      { metadata: { name: 'mlflow', namespace }, spec: registryTraffic(MLFLOW.port) },
      this.child(first),
    );
    const image = pulumi.interpolate`${args.image.repository}@${args.image.digest}`;
    const migration = new k8s.batch.v1.Job(
      `${name}-migration`,
      { metadata: { namespace }, spec: migrationSpec(image) }, // without a name: another image is another Job
      this.child({ dependsOn: [...args.after, ...secrets, account, traffic], customTimeouts: { create: '15m' } }),
    );
    const values = mlflowValues({
      replicas: args.replicas,
      image: args.image,
      serviceAccount: MLFLOW.account,
      region: args.region,
      hosts: plan.hosts,
      origin: plan.origin,
      artifacts: pulumi.interpolate`s3://${args.bucket}/${ARTIFACT_PREFIX}`,
      databaseSecret: MLFLOW.databaseSecret,
      adminSecret: MLFLOW.adminSecret,
    });
    const mlflow = release(`${name}-mlflow`, { chart: 'mlflow', namespace, values }, this.child({ dependsOn: [migration, ...role.ready] }));
    const budget = { metadata: { name: 'mlflow', namespace }, spec: { maxUnavailable: 1, selector: { matchLabels: SELECTOR } } };
    const disruption = new k8s.policy.v1.PodDisruptionBudget(`${name}-disruption`, budget, this.child(first));

    this.ready = [mlflow, disruption];
    this.registerOutputs();
  }

  #role(name: string, args: RegistryArgs, plan: RegistryPlan): PodRole {
    const bucketArn = pulumi.interpolate`arn:${args.partition}:s3:::${args.bucket}`;
    const statements = plan.statements(bucketArn, pulumi.interpolate`${bucketArn}/${ARTIFACT_PREFIX}/*`);
    const pods = { clusterName: args.clusterName, namespace, serviceAccounts: [MLFLOW.account] };
    return new PodRole(`${name}-role`, { roleName: plan.roleName, account: args.account, pods, statements }, this.child());
  }

  /** The driver is named: SQLAlchemy 2.1 takes another than 2.0 for plain `postgresql://`, and MLflow brings this one. */
  #secrets(name: string, { database, after }: RegistryArgs): readonly pulumi.Resource[] {
    const uri = (of: string) =>
      pulumi.interpolate`postgresql+psycopg2://{{ .username }}:{{ .password }}@${database.host}:5432/${of}?sslmode=verify-full&sslrootcert=${DATABASE_CERTIFICATES}`;
    const template = { uri: uri('mlflow'), 'auth-uri': uri('mlflow_auth') };
    const reading = { namespace, secretName: MLFLOW.databaseSecret, remoteKey: database.secret, keys: ['username', 'password'], template };
    const made = { namespace, secretName: MLFLOW.adminSecret, keys: ['password', 'flask-secret-key'], template: { username: 'admin' } };
    const first = { dependsOn: [...after] };
    return [
      ...externalSecret(`${name}-database`, reading, this.child(first)).ready,
      ...generatedSecret(`${name}-admin`, made, this.child(first)).ready,
    ];
  }
}
