import * as k8s from '@pulumi/kubernetes';
import type { CustomResourceOptions, Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { READY } from '../kubernetes/ready.ts';
import { EXTERNAL_SECRETS, keyIn } from './api.ts';
import type { MadeSecret } from './generated-secret.ts';

/** The name of every SecretStore: one in each namespace that reads Secrets Manager. */
const SECRET_STORE = 'weir';

/**
 * A namespace's way to Secrets Manager: with the rights of External Secrets' controller, so whoever may make a store or an ExternalSecret reads all that
 * it reads. People of tenants may make neither.
 */
export function secretStore(
  name: string,
  { namespace, region }: { readonly namespace: Input<string>; readonly region: string },
  options: CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const spec = { provider: { aws: { service: 'SecretsManager', region } } };
  const metadata = { name: SECRET_STORE, namespace, annotations: READY };
  return new k8s.apiextensions.CustomResource(name, { apiVersion: EXTERNAL_SECRETS.api, kind: 'SecretStore', metadata, spec }, options);
}

/** A Secret whose values stand in Secrets Manager, as one JSON object: its keys become those of the Secret. */
export interface ExternalSecretArgs {
  /** It has a `SECRET_STORE`. */
  readonly namespace: Input<string>;
  /** Of the Secret that pods and charts name. */
  readonly secretName: string;
  /** The secret's name, `weir/<env>/…`, or its ARN. */
  readonly remoteKey: Input<string>;
  /** At least one: keys of the JSON object, and of the Secret. */
  readonly keys: readonly string[];
  /** Further keys, as Go templates over the ones read: `{{ .username }}`. Default none. */
  readonly template?: Readonly<Record<string, Input<string>>>;
  /** Default false: the value may come later, and pods that mount it wait by themselves. True: the update stops here, with the reason, until it is there. */
  readonly required?: boolean;
}

/** What the controller takes to read a value that is there, with room: it tries again after seconds. */
const PATIENCE = { customTimeouts: { create: '3m', update: '3m' } };

/** A changed value is there within the hour; each read costs 0.000005 USD (Secrets Manager, 0.05 USD for 10,000 calls). */
const REFRESH = '1h0m0s';

/**
 * Reads it, and again every hour. The Secret goes with the stack; a value that is gone from Secrets Manager stays in it. Options come from `Component.child()`, with the store among what has to be
 * there first.
 * @throws ArgsError for keys that Kubernetes refuses
 * @example externalSecret(`${name}-alerts`, { namespace: 'monitoring', secretName: 'weir-alerts', remoteKey: 'weir/prod/alerts', keys: ['slack-url'] }, this.child({ dependsOn: [store] }))
 */
export function externalSecret(name: string, args: ExternalSecretArgs, options: CustomResourceOptions): MadeSecret {
  const { namespace, secretName, remoteKey, keys, template = {}, required = false } = args;
  if (keys.length === 0) throw new ArgsError(`secret ${secretName}`, 'has no key', 'Name the keys that are read.');
  for (const key of [...keys, ...Object.keys(template)]) keyIn(secretName, key);

  const templated = Object.keys(template).length === 0 ? {} : { template: { engineVersion: 'v2', mergePolicy: 'Merge', data: template } };
  const secret = new k8s.apiextensions.CustomResource(
    `${name}-secret`,
    {
      apiVersion: EXTERNAL_SECRETS.api,
      kind: 'ExternalSecret',
      metadata: { name: secretName, namespace, ...(required ? { annotations: READY } : {}) },
      spec: {
        refreshPolicy: 'Periodic',
        refreshInterval: REFRESH,
        secretStoreRef: { kind: 'SecretStore', name: SECRET_STORE },
        target: { name: secretName, creationPolicy: 'Owner', deletionPolicy: 'Retain', ...templated },
        data: keys.map((key) => ({ secretKey: key, remoteRef: { key: remoteKey, property: key } })),
      },
    },
    required ? { ...options, ...PATIENCE } : options,
  );
  return { secretName, ready: [secret] };
}
