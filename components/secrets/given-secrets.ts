import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { externalSecret, secretStore } from './external-secret.ts';
import { type GivenSecret, type GivenSecretsArgs, planGivenSecrets, remoteName } from './plan.ts';

/**
 * The namespaces' ways into Secrets Manager, and a place for each secret that people give. Weir makes the place, with the environment's key; the value
 * comes by `aws secretsmanager put-secret-value`, so that no state has ever seen it.
 * @example new GivenSecrets('prod-given-secrets', { env: 'prod', region: 'eu-west-1', keyArn, dataPolicy: 'keep', namespaces: ['monitoring'], secrets, after: secrets.ready }, { providers })
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
    const read = secrets.flatMap((secret) => {
      const place = this.#place(`${name}-${secret.key}`, secret, args);
      const store = stores.get(secret.namespace);
      const remote = { ...secret, remoteKey: place.name };
      return externalSecret(`${name}-${secret.key}`, remote, this.child({ dependsOn: store === undefined ? [] : [store] })).ready;
    });

    this.ready = [...stores.values(), ...read];
    this.registerOutputs();
  }

  /** Deleted for good with `drop`: a name that waits for its deletion would stop the environment's second life. */
  #place(name: string, { key, description }: GivenSecret, { env, keyArn, dataPolicy }: GivenSecretsArgs): aws.secretsmanager.Secret {
    const recoveryWindowInDays = dataPolicy === 'keep' ? 30 : 0;
    const given = { name: remoteName(env, key), description, kmsKeyId: keyArn, recoveryWindowInDays };
    return new aws.secretsmanager.Secret(`${name}-place`, given, this.stateful(dataPolicy));
  }
}
