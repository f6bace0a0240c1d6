/** What a policy is asked about. Deletes are never among it: nothing that is wrong must be hard to take away. */
export interface Kinds {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** A rule, and what a person reads who breaks it: what is wrong, why it matters, what to do. */
export interface Validation {
  /** CEL; true: accepted. */
  readonly expression: string;
  /** CEL of a text. */
  readonly messageExpression: string;
}

/** Of whose namespaces it holds: tenants', the platform's own, the platform's but for the gateway's, all, all of a cluster that is Weir's own. */
export type Scope = 'tenants' | 'platform' | 'platform-behind-gateway' | 'everywhere' | 'own-cluster';

/** What a policy takes from the environment, for CEL is given no settings. */
export interface AdmissionGiven {
  /** Beginnings of names of images that tenants may run, each with its slash at the end. */
  readonly registries: readonly string[];
  /** Whole names that controllers of the platform put into a tenant's pods, such as Argo's executor. */
  readonly platformImages: readonly string[];
  /** Namespaces whose pods may be privileged. */
  readonly privileged: readonly string[];
}

/** A ValidatingAdmissionPolicy: it runs inside the API server, so nothing has to be up for it, and nothing locks the cluster when it is down. */
export interface AdmissionForm {
  readonly scopes: readonly Scope[];
  readonly kinds: readonly Kinds[];
  /** What the check finds and the API server lets pass, and why: it must never refuse what a controller of the platform makes by itself. */
  readonly lets?: string;
  /** CEL by name: where one is false the policy says nothing. */
  readonly conditions: Readonly<Record<string, string>>;
  /** CEL by name, in this order: each may use those before it. */
  readonly variables?: (given: AdmissionGiven) => Readonly<Record<string, string>>;
  readonly validations: (given: AdmissionGiven) => readonly Validation[];
}
