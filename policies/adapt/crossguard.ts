import {
  type PolicyComplianceFramework,
  type PolicyConfigSchema,
  PolicyPack,
  type PolicyResourceOptions,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from '@pulumi/policy';
import { type PolicyConfig, type Ruling, rulingsOf } from '../config.ts';
import { type Checked, checkGraph, checkResource, type Finding, isOurs } from '../judge.ts';
import { keyOf, type OptionName, type Options, type Resource } from '../resource.ts';
import { ResourceGraph } from '../resource-graph.ts';
import type { Given, GraphRule, Param, ParamValue, Profile, ResourceRule, Rule } from '../rule.ts';
import { waived } from '../waivers.ts';

/** Options that CrossGuard tells: rules that need others are asked of recorded graphs and of states alone. */
export const LIVE_OPTIONS: readonly OptionName[] = ['protect', 'parent', 'dependencies', 'provider'];

/** What the engine is to be told, for one environment. */
export interface LivePack {
  readonly rules: readonly Rule[];
  readonly config: PolicyConfig;
  readonly profile: Profile;
  /** Whether the stack is known to be Weir's before any of its resources is seen. */
  readonly ours: boolean;
  readonly today: Date;
}

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** Tells the engine where it listens. Once in a process. */
export function servePack(pack: LivePack): void {
  // oxlint-disable-next-line eslint/no-new -- it listens, and its port is what the engine reads
  new PolicyPack('weir', { policies: [...policiesOf(pack)], enforcementLevel: 'mandatory' });
}

/** Every rule that CrossGuard tells enough for, as a policy of its own. */
function policiesOf(pack: LivePack): readonly Policy[] {
  const inputs = new Map<string, unknown>(); // of this run, by URN: see `Live`
  return rulingsOf(pack.rules, pack.config, pack.profile).flatMap((ruling): readonly Policy[] => {
    const { rule } = ruling;
    const live: Live = { pack, ruling, inputs };
    if (rule.kind === 'resource') return [{ ...factsOf(ruling), validateResource: resourceCheck(live, rule) }];
    if ((rule.needs ?? []).some((name) => !LIVE_OPTIONS.includes(name))) return [];
    return [{ ...factsOf(ruling), validateStack: stackCheck(live, rule) }];
  });
}

interface Live {
  readonly pack: LivePack;
  readonly ruling: Ruling;
  /**
   * A stack policy is handed outputs, in which the cloud has filled what the program left out: a rule about a missing key would find the cloud's own. Each resource
   * was checked by itself before, with its inputs: those are what every rule is about, wherever it runs. Outputs are for what `--target` left out.
   */
  readonly inputs: Map<string, unknown>;
}

function resourceCheck({ pack, ruling, inputs }: Live, rule: ResourceRule): NonNullable<ResourceValidationPolicy['validateResource']> {
  return ({ urn, type, name, props, opts, provider, ...args }, report) => {
    const resource: Resource = { urn, type, name, props: plain(props), options: optionsOf(opts, provider) };
    inputs.set(urn, resource.props);
    if (!rule.on.includes(keyOf(type))) args.notApplicable(`is about ${rule.on.join(', ')}`);
    if (rule.scope === 'weir' && !pack.ours && !isPartOfOurs(resource)) args.notApplicable('is about what Weir makes');
    const checked = checkResource(rule, resource, givenOf(pack, ruling, args.getConfig()));
    const told = tell(pack, ruling, checked, () => resource);
    for (const { message } of told) report(message);
    const [open] = told.length === 0 ? checked.undecided : []; // nothing is wrong that is known, and not all is known: neither broken nor kept
    if (open !== undefined) args.notApplicable(`${open.path} is known only after the update`);
  };
}

function stackCheck({ pack, ruling, inputs }: Live, rule: GraphRule): StackValidationPolicy['validateStack'] {
  return (args, report) => {
    const inOrder = args.resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)); // the engine's own differs from run to run, and with it whom a rule names first
    const graph = new ResourceGraph(
      inOrder.map(({ urn, type, name, props, opts, provider, dependencies }) => ({
        urn,
        type,
        name,
        props: inputs.get(urn) ?? plain(props),
        options: { ...optionsOf(opts, provider), dependencies: dependencies.map((each) => each.urn) },
      })),
    );
    if (rule.scope === 'weir' && !pack.ours && !isOurs(graph)) args.notApplicable('is about what Weir makes');
    const checked = checkGraph(rule, graph, givenOf(pack, ruling, args.getConfig()));
    const told = tell(pack, ruling, checked, (urn) => graph.at(urn)?.resource);
    for (const { message, urn } of told) report(message, urn);
    const [open] = told.length === 0 ? checked.undecided : [];
    if (open !== undefined) args.notApplicable(`${open.path} is known only after the update`);
  };
}

interface Told {
  readonly urn: string;
  readonly message: string;
}

/** What a person reads of the problems that no waiver covers. */
function tell(
  { config, today }: LivePack,
  { rule, level }: Ruling,
  { problems }: Checked,
  at: (urn: string) => Resource | undefined,
): readonly Told[] {
  const found = problems.flatMap(({ urn, path, problem }): readonly Finding[] => {
    const resource = at(urn);
    // a disabled policy that is asked was enabled by `--policy-pack-config`; the engine puts its own level to what is told
    return resource === undefined ? [] : [{ rule, level: level === 'disabled' ? 'advisory' : level, resource, path, problem, expired: null }];
  });
  const { findings } = waived(found, config.waivers ?? [], { today, ran: new Set([rule.id]) });
  return findings.map((finding) => ({ urn: finding.resource.urn, message: messageOf(finding) }));
}

/** Follows the policy's description on a line of its own. */
function messageOf({ rule, resource, path, problem, expired }: Finding): string {
  const where = path === '' ? '' : ` (${path})`;
  const lapsed = expired === null ? [] : [`Its waiver ended on ${expired.expires}: ask ${expired.owner}, who wrote “${expired.reason}”`];
  return [`${resource.name} ${problem}${where}`, ...lapsed, rule.remedy].join('\n');
}

function factsOf({ rule, level, params }: Ruling) {
  const framework = frameworkOf(rule.ids);
  return {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title.replace(/^[a-z](?=[a-z]*[ ,-])/, (letter) => letter.toUpperCase())}. ${rule.reason}`, // iam:PassRole keeps its name
    enforcementLevel: level, // always: what is left out is advisory
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: [...rule.ids],
    ...(framework === null ? {} : { framework }),
    ...(rule.params === undefined ? {} : { configSchema: schemaOf(rule.params, params) }),
  };
}

/** `CIS EKS 5.4.2`: the benchmark, and the recommendation in it. Other ids are rules of scanners, and stay tags. */
function frameworkOf(ids: readonly string[]): PolicyComplianceFramework | null {
  const [, name, reference] = ids.map((id) => /^(CIS .+) ([\d.]+)$/.exec(id)).find((match) => match !== null) ?? [];
  return name === undefined || reference === undefined ? null : { name, reference, version: '', specification: '' };
}

/** Defaults are the environment's: what `--policy-pack-config` says goes before them. */
function schemaOf(params: Readonly<Record<string, Param>>, values: Readonly<Record<string, ParamValue>>): PolicyConfigSchema {
  const entries = Object.entries(params).map(([name, { description, default: usual }]) => {
    const value = values[name] ?? usual;
    const shape = typeof value === 'number' ? { type: 'number' as const, default: value } : LIST_OF([...value]);
    return [name, { description, ...shape }] as const;
  });
  return { properties: Object.fromEntries(entries) };
}

const LIST_OF = (values: string[]) => ({ type: 'array' as const, items: { type: 'string' as const }, default: values });

function givenOf({ today, profile }: LivePack, { params }: Ruling, said: Readonly<Record<string, ParamValue>>): Given {
  return { today, profile, params: { ...params, ...said } };
}

function optionsOf({ protect, parent = '' }: PolicyResourceOptions, provider?: { readonly urn: string }): Options {
  return { protect, parent, ...(provider === undefined ? {} : { provider: provider.urn }) };
}

/** A resource is seen alone: its URN has the types of its parents. */
const isPartOfOurs = ({ urn, type }: Resource): boolean =>
  (urn.split('::')[2] ?? '').split('$').some((each) => each.startsWith('weir:')) || keyOf(type).startsWith('weir.dev/');

/**
 * What the pack's proxies stand before. They throw at every unknown; behind them it is a marker, as a recorder has it, and a rule that walks through a value by itself
 * meets the same wherever it runs. The name is internal to @pulumi/policy: without it the proxy is read, and `Reader` catches what it throws.
 */
const plain = (props: object): unknown => Reflect.get(props, '__getSpecialProxyTarget') ?? props;
