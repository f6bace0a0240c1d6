import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { externalSecretsValues } from '../../charts/values/external-secrets.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { type ExternalSecretsArgs, secretStatements } from './plan.ts';

const NAMESPACE = NAMESPACES.secrets;
const SERVICE_ACCOUNT = 'external-secrets';

/**
 * External Secrets with its kinds. Generated and read secrets come after it, and go before it (30-platform D6): the kinds go with it.
 * @example new ExternalSecrets('prod-secrets', { env: 'prod', clusterName, rolePrefix: 'weir-prod', keyArn, replicas: 2, ownNodes: true, after, … }, { providers })
 */
export class ExternalSecrets extends Component {
  /** The controller, and the role that it reads with. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: ExternalSecretsArgs, options?: ComponentResourceOptions) {
    super('weir:secrets:ExternalSecrets', name, {}, options);

    const { account, clusterName, rolePrefix, replicas, ownNodes, after } = args;
    const pods = { clusterName, namespace: NAMESPACE, serviceAccounts: [SERVICE_ACCOUNT] };
    const given = { roleName: `${rolePrefix}-external-secrets`, account, pods, statements: secretStatements(args) };
    const role = new PodRole(`${name}-role`, given, this.child());
    const values = externalSecretsValues({ serviceAccount: SERVICE_ACCOUNT, replicas, ownNodes });
    const later = this.child({ dependsOn: [...after, ...role.ready] });
    const controller = release(`${name}-release`, { chart: 'external-secrets', namespace: NAMESPACE, values }, later);

    this.ready = [controller, ...role.ready];
    this.registerOutputs();
  }
}
