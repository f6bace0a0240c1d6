import * as k8s from '@pulumi/kubernetes';
import type { CustomResourceOptions, Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { READY } from '../kubernetes/ready.ts';
import { EXTERNAL_SECRETS, keyIn } from './api.ts';

/** A Secret whose values External Secrets makes up inside the cluster: neither Pulumi's state nor a chart's values ever hold one. */
export interface GeneratedSecretArgs {
  readonly namespace: Input<string>;
  /** Of the Secret that pods and charts name. */
  readonly secretName: string;
  /** At least one: each gets a password of its own, 32 letters and digits. */
  readonly keys: readonly string[];
  /**
   * Further keys, as Go templates over the generated ones: `{{ .password }}`, or `{{ index . "admin-password" }}` where a key has a hyphen. A user's
   * name is a template without any. Default none.
   */
  readonly template?: Readonly<Record<string, Input<string>>>;
}

/** A Secret in the cluster. */
export interface MadeSecret {
  readonly secretName: string;
  /** What reads the Secret depends on these. */
  readonly ready: readonly Resource[];
}

/**
 * 160 bits and more. Letters and digits alone: URIs, connection strings of Feast (split at commas) and command lines take them as they are. With
 * digits and letters both demanded none of them reads as a number.
 */
const PASSWORD = { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true };

/**
 * Makes it once. It cannot be changed: whoever deletes the Secret gets a new one, and whatever has stored the old one (a database's role) is told again
 * by its own set-up. Goes with the stack. Options come from `Component.child()`, with what has to be there first: External Secrets.
 * @throws ArgsError for keys that Kubernetes refuses
 * @example generatedSecret(`${name}-admin`, { namespace: 'monitoring', secretName: 'grafana-admin', keys: ['admin-password'], template: { 'admin-user': 'admin' } }, this.child({ dependsOn }))
 */
export function generatedSecret(name: string, args: GeneratedSecretArgs, options: CustomResourceOptions): MadeSecret {
  const { namespace, secretName, keys, template = {} } = args;
  if (keys.length === 0) throw new ArgsError(`secret ${secretName}`, 'has no key', 'Name the keys whose values are made up.');
  for (const key of [...keys, ...Object.keys(template)]) keyIn(secretName, key);

  const { generators, api } = EXTERNAL_SECRETS;
  const metadata = { name: secretName, namespace };
  const password = { apiVersion: generators, kind: 'Password', metadata, spec: { ...PASSWORD, secretKeys: [...keys] } };
  const generator = new k8s.apiextensions.CustomResource(`${name}-generator`, password, options);
  const templated = Object.keys(template).length === 0 ? {} : { template: { engineVersion: 'v2', mergePolicy: 'Merge', data: template } };
  const secret = new k8s.apiextensions.CustomResource(
    `${name}-secret`,
    {
      apiVersion: api,
      kind: 'ExternalSecret',
      metadata: { ...metadata, annotations: READY },
      spec: {
        refreshPolicy: 'CreatedOnce',
        // without it a new version of the controller, or a hand in the Secret, would make up a new password over the old one
        target: { name: secretName, creationPolicy: 'Owner', deletionPolicy: 'Retain', immutable: true, ...templated },
        dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators, kind: 'Password', name: secretName } } }],
      },
    },
    { ...options, dependsOn: [...listOf(options.dependsOn), generator] },
  );
  return { secretName, ready: [secret] };
}

/** What a caller waits for already. */
function listOf(dependsOn: CustomResourceOptions['dependsOn']): readonly Input<Resource>[] {
  if (dependsOn === undefined) return [];
  if (Array.isArray(dependsOn)) return dependsOn;
  throw new Error('dependsOn is a plain list here: an edge that is an output cannot be counted');
}
