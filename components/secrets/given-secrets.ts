import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { externalSecret, secretStore } from './external-secret.ts';
import { type GivenSecretsArgs, planGivenSecrets, remoteName } from './plan.ts';

/**
 * The platform's ways into Secrets Manager, one for each namespace, and the secrets that people have put there. An update stops at one that is missing, with
 * the controller's own words: Alertmanager, which mounts it, would only not start.
 * @example new GivenSecrets('prod-given-secrets', { env: 'prod', region: 'eu-west-1', namespaces: ['monitoring'], secrets, after: secrets.ready }, { providers: [kubernetes] })
 */
export class GivenSecrets extends Component {
  /** The stores, and the Secrets that are read through them. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: GivenSecretsArgs, options?: ComponentResourceOptions) {
    const secrets = planGivenSecrets(args);
    super('weir:secrets:GivenSecrets', name, {}, options);

    const stores = new Map(
      args.namespaces.map((namespace) => {
        const at = { namespace, region: args.region };
        return [namespace, secretStore(`${name}-store-${namespace}`, at, this.child({ dependsOn: [...args.after] }))];
      }),
    );
    const read = secrets.flatMap(({ key, ...secret }) => {
      const store = stores.get(secret.namespace);
      const given = { ...secret, remoteKey: remoteName(args.env, key), required: true };
      return externalSecret(`${name}-${key}`, given, this.child({ dependsOn: store === undefined ? [] : [store] })).ready;
    });

    this.ready = [...stores.values(), ...read];
    this.registerOutputs();
  }
}
