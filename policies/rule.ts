import type { AdmissionForm } from './admission/form.ts';
import type { Reader } from './reader.ts';
import type { OptionName, Resource } from './resource.ts';
import type { ResourceGraph } from './resource-graph.ts';

export const LEVELS = ['mandatory', 'advisory', 'disabled'] as const;
/** What a finding does: ends a check with 1 and stops `pulumi up`, is told, or is not looked for. */
export type Level = (typeof LEVELS)[number];

export const PROFILES = ['dev', 'small', 'staging', 'prod'] as const;
export type Profile = (typeof PROFILES)[number];

/** How bad it is to break a rule: `critical` hands over the platform, `high` data or availability, `medium` weakens a second line, `low` costs or misleads. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** What is wrong, and where in the resource. The rule's remedy says what to do. */
export interface Problem {
  /** Such as `vpcConfig.endpointPublicAccess`; empty: the resource itself. */
  readonly path: string;
  /** Follows the resource's name: `is open to 0.0.0.0/0`. */
  readonly problem: string;
}

/** What a check may know beside resources. */
export interface Given {
  readonly today: Date;
  readonly profile: Profile;
  /** The rule's own, by name: what the configuration says, or the default. */
  readonly params: Readonly<Record<string, ParamValue>>;
}

export type ParamValue = number | readonly string[];

/** A number or a list that an environment may set. */
export interface Param {
  readonly description: string;
  readonly default: ParamValue;
}

/** Resources on which a rule holds, or which break it. Names are theirs; what they need by options is said where a rule looks at it. */
export type Fixture = readonly FixtureResource[];

export interface FixtureResource {
  /** Pulumi's type; of Kubernetes left out: `apiVersion` and `kind` of the properties say it. */
  readonly type?: string;
  /** Default: the object's own name, or `example`. */
  readonly name?: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly options?: Partial<Resource['options']>;
}

/** One of Weir's own resources that a rule does not fit. */
export interface Exception {
  /** The URN, with `*`; it holds the component's type, so that nobody else's resource is meant: `*:weir:valkey:Valkey$*::*-valkey-rate-limits`. */
  readonly urn: string;
  /** The finding's, with `*`. */
  readonly path: string;
  readonly reason: string;
}

interface RuleFacts {
  /** Kebab-case, and the file's name. */
  readonly id: string;
  /** What holds where the rule is kept: `the database is encrypted`. */
  readonly title: string;
  /** Why: what happened, or would happen, to whom. */
  readonly reason: string;
  /** What to do: of Weir's own stacks the setting, of others the property. */
  readonly remedy: string;
  readonly severity: Severity;
  /** Public ids of the same rule: checkov's `CKV_…`, trivy's `AWS-…` and `KSV-…`, CIS (its numbers of AWS 3.0.0, and of EKS and Kubernetes 1.x) and NSA where known. */
  readonly ids: readonly string[];
  /** `weir`: about what only Weir makes; left out where no resource of the source is Weir's. */
  readonly scope: 'any' | 'weir';
  /** Profiles that break it by design, and why: it is disabled there. */
  readonly exempt?: Partial<Readonly<Record<Profile, string>>>;
  /** Single resources of Weir's own that are otherwise by design: told as waived, with the reason, and never as unused. */
  readonly exceptions?: readonly Exception[];
  /** Default `mandatory`. */
  readonly level?: 'advisory';
  /** Settings that decide it, `cluster.publicCidrs`, the likeliest first: a finding is told at their line. */
  readonly settings?: readonly string[];
  readonly params?: Readonly<Record<string, Param>>;
  /** Paths that a program always knows: an unknown there is a violation, for it would be decided too late. */
  readonly mustBeKnown?: readonly string[];
  /** The same rule as the API server holds it; left out where one object does not show it, or where charts could not keep it: `notAtAdmission` says so. */
  readonly admission?: AdmissionForm;
  /** Who holds it in tenants' namespaces where no expression is needed: Kubernetes' own Pod Security, at `restricted`. */
  readonly heldBy?: 'pod-security';
  /** Of rules about Kubernetes alone: why neither of both holds it, a whole sentence. */
  readonly notAtAdmission?: string;
  readonly pass: Fixture;
  readonly fail: Fixture;
}

/** A rule that needs to see one resource at a time. */
export interface ResourceRule extends RuleFacts {
  readonly kind: 'resource';
  /** Keys as `keyOf` makes them. */
  readonly on: readonly string[];
  /** Pure. Nothing where the rule is kept. */
  readonly check: (resource: Reader, given: Given, of: Resource) => readonly Problem[];
}

/** A rule about several resources, or about what is missing. */
export interface GraphRule extends RuleFacts {
  readonly kind: 'graph';
  /** Options that it reads: a source that does not tell one of them cannot run it. */
  readonly needs?: readonly OptionName[];
  /** Pure. Problems name the resource that should be changed. */
  readonly check: (graph: ResourceGraph, given: Given) => readonly GraphProblem[];
}

export interface GraphProblem extends Problem {
  readonly urn: string;
}

export type Rule = ResourceRule | GraphRule;
