import type { Output, Resource } from '@pulumi/pulumi';
import { EPOCHS } from '../../policies/admission/epoch.ts';
import type { AdmissionForm, AdmissionGiven, Scope } from '../../policies/admission/form.ts';
import { RULES } from '../../policies/catalogue.ts';
import type { Level } from '../../policies/rule.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { NAMESPACES, planClusterBase } from '../kubernetes/plan.ts';
import { ANYWHERE, namespacesNamed, OURS_ONLY, type Place, specOf, TENANTS } from './policy.ts';

/** Which images a tenant may run. */
export interface ImageRules {
  /** Beginnings of names, each with its slash at the end: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/`. At least one. */
  readonly registries: readonly string[];
  /** Whole names that controllers of the platform put into a tenant's pods, such as Argo's executor: neither registry nor digest is asked of them. */
  readonly platformImages: readonly string[];
  /** What the stack file says of rules, by id: an advisory rule warns, a disabled one is not there. Default mandatory. */
  readonly levels?: Readonly<Record<string, Level>>;
}

/** What the API server refuses, by itself: nothing has to run for it, and it costs nothing. */
export interface AdmissionArgs extends ImageRules {
  /** Whether the cluster is Weir's. In another team's, namespaces that are not of Weir are only warned about. */
  readonly ownCluster: Output<boolean>;
  /** What must be there first: namespaces, and every kind that a rule is about. */
  readonly after: readonly Resource[];
}

/** A policy, and where it holds. */
export interface BoundPolicy {
  /** `weir-`, and the id of its rule. */
  readonly name: string;
  readonly spec: ReturnType<typeof specOf>;
  readonly places: readonly Place[];
  readonly level: Exclude<Level, 'disabled'>;
}

/** Every rule of the pack that the API server can hold, and the one over changes, which nobody else sees. */
const FORMS: readonly { readonly id: string; readonly form: AdmissionForm }[] = [
  ...RULES.flatMap(({ id, admission }) => (admission === undefined ? [] : [{ id, form: admission }])),
  { id: 'epoch', form: EPOCHS },
];

/** @throws ArgsError without a registry, since no tenant could run anything; for one without its slash, since another registry may begin like it */
export function planAdmission({ registries, platformImages, levels = {} }: ImageRules): readonly BoundPolicy[] {
  if (registries.length === 0) throw new ArgsError('admission.registries', 'is empty', 'Name the registry of the account.');
  const open = registries.find((registry) => !registry.endsWith('/'));
  if (open !== undefined) throw new ArgsError('admission.registries', `"${open}" has no end`, `Write ${open}/`);
  const quoted = [...registries, ...platformImages].find((name) => /['"\\\s]/.test(name));
  if (quoted !== undefined) throw new ArgsError('admission', `"${quoted}" is no name of an image`, 'Leave quotes and spaces out.');

  const privileged = planClusterBase().namespaces.filter(({ pods }) => pods === 'privileged');
  const given: AdmissionGiven = { registries, platformImages, privileged: privileged.map(({ name }) => name) };
  return FORMS.flatMap(({ id, form }): readonly BoundPolicy[] => {
    const level = levels[id] ?? 'mandatory';
    if (level === 'disabled') return [];
    return [{ name: `weir-${id}`, spec: specOf(form, given), places: form.scopes.map((scope) => PLACES[scope]), level }];
  });
}

const OWN = Object.values(NAMESPACES);
const PLACES: Readonly<Record<Scope, Place>> = {
  tenants: TENANTS,
  platform: namespacesNamed('platform', OWN),
  'platform-behind-gateway': namespacesNamed(
    'platform',
    OWN.filter((name) => name !== NAMESPACES.gateway),
  ),
  everywhere: ANYWHERE,
  'own-cluster': OURS_ONLY,
};
