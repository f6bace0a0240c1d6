import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { argoWorkflowsValues } from '../../charts/values/argo-workflows.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { externalSecret } from '../secrets/external-secret.ts';
import { QUEUE_LABEL } from './queues.ts';
import { ARGO, planWorkflows, WORKFLOW_ACCOUNT, WORKFLOW_PREFIX, type WorkflowsArgs, type WorkflowsPlan } from './workflows-plan.ts';

const DATABASE_SECRET = 'argo-database';
const CLIENT_ID = 'argo-sign-in';
const CLIENT_SECRET = 'argo-sign-in-secret';

/**
 * Argo Workflows. What a tenant's steps may do is said by the tenant's own roles.
 * @example new Workflows('prod-workflows', { env: 'prod', account, partition: 'aws', region, clusterName, replicas: 2, bucket, keyArn, database, … }, { providers })
 */
export class Workflows extends Component {
  /** The controller; its kinds stay when it goes, with the workflows that tenants have. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: WorkflowsArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planWorkflows(args);
    super('weir:training:Workflows', name, {}, options);

    const bucketArn = pulumi.interpolate`arn:${args.partition}:s3:::${args.bucket}`;
    const statements = plan.statements(bucketArn, pulumi.interpolate`${bucketArn}/${WORKFLOW_PREFIX}*`);
    const pods = { clusterName: args.clusterName, namespace: NAMESPACES.workflows, serviceAccounts: [ARGO.serverAccount] };
    const role = new PodRole(`${name}-role`, { roleName: plan.roleName, account: args.account, pods, statements }, this.child());
    const signIn = this.#signIn(name, plan, args.after);
    const reading = { namespace: NAMESPACES.workflows, secretName: DATABASE_SECRET, remoteKey: args.database.secret, keys: ['username', 'password'] };
    const password = externalSecret(`${name}-database`, reading, this.child({ dependsOn: [...args.after] })).ready;
    const [people] = plan.people;
    const values = argoWorkflowsValues({
      replicas: args.replicas,
      database: { host: args.database.host, name: args.database.name, secretName: DATABASE_SECRET },
      artifacts: { bucket: args.bucket, region: args.region, endpoint: plan.endpoint, keyArn: args.keyArn, prefix: WORKFLOW_PREFIX },
      certificates: args.certificates,
      queueLabel: QUEUE_LABEL,
      workflowServiceAccount: WORKFLOW_ACCOUNT,
      ...(people === undefined
        ? {}
        : { signIn: { issuer: people.issuer, url: people.url, clientIdSecret: CLIENT_ID, clientSecretSecret: CLIENT_SECRET } }),
    });
    const argo = release(
      `${name}-argo`,
      { chart: 'argo-workflows', namespace: NAMESPACES.workflows, values, releaseName: ARGO.release },
      this.child({ dependsOn: [...args.after, ...role.ready, ...password, ...signIn] }),
    );

    this.ready = [argo];
    this.registerOutputs();
  }

  /** The chart reads both from Secrets; the client's name is none, and is written as it is. */
  #signIn(name: string, { people }: WorkflowsPlan, after: readonly pulumi.Resource[]): readonly pulumi.Resource[] {
    const namespace = NAMESPACES.workflows;
    return people.flatMap(({ clientId, secret }) => {
      const client = { metadata: { name: CLIENT_ID, namespace }, stringData: { 'client-id': clientId } };
      const id = new k8s.core.v1.Secret(`${name}-sign-in`, client, this.child({ dependsOn: [...after] }));
      const key = { namespace, secretName: CLIENT_SECRET, remoteKey: secret, keys: ['client-secret'] };
      return [id, ...externalSecret(`${name}-sign-in-secret`, key, this.child({ dependsOn: [...after] })).ready];
    });
  }
}
