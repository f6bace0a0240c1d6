import * as aws from '@pulumi/aws';
import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Input, Inputs, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { DATABASE_CERTIFICATES, DATABASES_ACCOUNT, type DatabaseRole, type DatabasesArgs, planDatabases, ROLES } from './databases-plan.ts';

const NAMESPACE = NAMESPACES.runtime;
const LABELS = { 'app.kubernetes.io/name': 'weir-databases' };

/**
 * Databases, roles and their passwords. Passwords are made up by the Job and lie in Secrets Manager alone: neither the state of the stack nor a Secret of
 * the cluster ever holds the master's. The databases stay when this goes: they are the instance's.
 * @example new Databases('prod-databases', { env: 'prod', account, region, clusterName, image, host: postgres.endpoint, masterSecretArn, keyArn, after }, { providers })
 */
export class Databases extends Component {
  /** Names in Secrets Manager of `{"username":…,"password":…}`. */
  readonly secrets: Readonly<Record<DatabaseRole, string>>;
  /** The Job is done: databases are there, and passwords too. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: DatabasesArgs, options?: ComponentResourceOptions) {
    const plan = planDatabases(args);
    super('weir:registry:Databases', name, {}, options);

    const secrets = ROLES.map((role) => {
      const secret = { name: plan.secrets[role], description: `Postgres: role ${role}`, kmsKeyId: args.keyArn, recoveryWindowInDays: 0 }; // the Job makes another password when one is gone
      return new aws.secretsmanager.Secret(`${name}-secret-${role}`, secret, this.child());
    });
    const pods = { clusterName: args.clusterName, namespace: NAMESPACE, serviceAccounts: [DATABASES_ACCOUNT] };
    const statements = plan.statements(secrets.map((secret) => secret.arn));
    const role = new PodRole(`${name}-role`, { roleName: plan.roleName, account: args.account, pods, statements }, this.child());
    const first = { dependsOn: [...args.after] };
    const metadata = { name: DATABASES_ACCOUNT, namespace: NAMESPACE };
    const account = new k8s.core.v1.ServiceAccount(`${name}-account`, { metadata, automountServiceAccountToken: false }, this.child(first));
    const egress = new k8s.networking.v1.NetworkPolicy(`${name}-egress`, { metadata, spec: egressSpec() }, this.child(first));
    const job = new k8s.batch.v1.Job(
      `${name}-job`,
      { metadata: { namespace: NAMESPACE, labels: LABELS }, spec: jobSpec(args, plan.wanted) }, // without a name: another image is another Job
      this.child({ dependsOn: [...args.after, ...secrets, ...role.ready, account, egress], customTimeouts: { create: '15m' } }),
    );

    this.secrets = plan.secrets;
    this.ready = [job];
    this.registerOutputs();
  }
}

function jobSpec({ image, host, masterSecretArn, region }: DatabasesArgs, wanted: string): Inputs & { template: Inputs } {
  const environment: Readonly<Record<string, Input<string>>> = {
    WEIR_DATABASES: wanted,
    WEIR_DATABASE_HOST: host,
    WEIR_MASTER_SECRET: masterSecretArn,
    AWS_DEFAULT_REGION: region, // boto3 reads no AWS_REGION
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: DATABASE_CERTIFICATES,
  };
  return {
    backoffLimit: 5, // Pod Identity and a first node may take a minute
    activeDeadlineSeconds: 600,
    template: {
      metadata: { labels: LABELS },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: DATABASES_ACCOUNT,
        securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'databases',
            image,
            command: ['python', '-m', 'weir_databases'],
            env: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
            securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
          },
        ],
      },
    },
  };
}

/** Names, the database, Secrets Manager, and the agent that gives the pod its credentials. */
function egressSpec(): Inputs & { podSelector: Inputs } {
  const tcp = (port: number) => ({ protocol: 'TCP', port });
  return {
    podSelector: { matchLabels: LABELS },
    policyTypes: ['Ingress', 'Egress'],
    egress: [
      { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] },
      { ports: [tcp(443), tcp(5432)] },
      { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [tcp(80)] },
    ],
  };
}
