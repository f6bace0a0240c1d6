import { type PolicyConfig, type Ruling, rulingsOf, type Waiver } from './config.ts';
import { Reader, Undecided } from './reader.ts';
import type { OptionName, Resource } from './resource.ts';
import { ResourceGraph } from './resource-graph.ts';
import type { Given, GraphProblem, GraphRule, Level, Problem, Profile, ResourceRule, Rule } from './rule.ts';
import { waived } from './waivers.ts';

/** What is judged, by what. */
export interface Case {
  readonly rules: readonly Rule[];
  readonly resources: readonly Resource[];
  readonly config: PolicyConfig;
  readonly profile: Profile;
  readonly today: Date;
  /** Options that the source tells: rules that need others are left out, and counted. */
  readonly tells: readonly OptionName[];
}

/** A rule that a resource breaks. */
export interface Finding extends Problem {
  readonly rule: Rule;
  readonly level: Exclude<Level, 'disabled'>;
  readonly resource: Resource;
  /** The waiver that has run out, if one covered it. */
  readonly expired: Waiver | null;
}

export interface Verdict {
  /** In the order of rules, then of resources. */
  readonly findings: readonly Finding[];
  readonly waived: readonly (Finding & { readonly waiver: Waiver })[];
  /** Waivers that cover nothing: to be taken out. */
  readonly unused: readonly Waiver[];
  /** Decided only after `up`: the value is not known yet. */
  readonly undecided: readonly { readonly rule: Rule; readonly resource: Resource; readonly path: string }[];
  /** Rules that had at least one resource to look at. */
  readonly ran: readonly Rule[];
  /** Rules that this source tells too little for, or that are about Weir's own stacks and this is none. */
  readonly leftOut: readonly { readonly rule: Rule; readonly why: string }[];
  readonly disabled: readonly Rule[];
  /** Kinds that none of the rules that ran looks at, by `keyOf`. */
  readonly unseen: readonly { readonly key: string; readonly count: number }[];
}

/** Judges resources by rules: the one way in, whatever the source. Pure; linear in the resources. */
export function judge({ rules, resources, config, profile, today, tells }: Case): Verdict {
  const graph = new ResourceGraph(resources);
  const ours = isOurs(graph);
  const rulings = rulingsOf(rules, config, profile);
  const enabled = rulings.filter(({ level }) => level !== 'disabled');
  const fit = Map.groupBy(enabled, ({ rule }) => whyNot(rule, ours, tells));
  const judged = (fit.get('') ?? []).map((ruling) => judgeRule(ruling, graph, { profile, today }));
  const found = judged.flatMap(({ findings }) => findings);
  return {
    ...waived(found, config.waivers ?? [], { today, ran: new Set((fit.get('') ?? []).map(({ rule }) => rule.id)) }),
    undecided: judged.flatMap(({ undecided }) => undecided),
    ran: judged.filter(({ ran }) => ran).map(({ ruling }) => ruling.rule),
    leftOut: [...fit].flatMap(([why, left]) => (why === '' ? [] : left.map(({ rule }) => ({ rule, why })))),
    disabled: rulings.filter(({ level }) => level === 'disabled').map(({ rule }) => rule),
    unseen: graph.unasked,
  };
}

/** Whether a stack of Weir's is among it, a model, or what a model becomes. */
export function isOurs(graph: ResourceGraph): boolean {
  if (graph.keys.some((key) => key.startsWith('weir:') || key.startsWith('weir.dev/'))) return true;
  return graph.all.some(({ reader }) => reader.read(['metadata', 'labels', MODEL_LABEL]).kind !== 'missing');
}

/** On everything that the rollout controller applies. */
const MODEL_LABEL = 'weir.dev/model';

/** Why a rule is left out of what others made. */
export const ABOUT_WEIR = 'is about what Weir makes';

function whyNot(rule: Rule, ours: boolean, tells: readonly OptionName[]): string {
  if (rule.scope === 'weir' && !ours) return ABOUT_WEIR;
  const missing = rule.kind === 'graph' ? (rule.needs ?? []).filter((name) => !tells.includes(name)) : [];
  return missing.length === 0 ? '' : `needs ${missing.join(', ')}, which this source does not tell`;
}

interface Judged {
  readonly ruling: Ruling;
  readonly findings: readonly Finding[];
  readonly undecided: Verdict['undecided'];
  readonly ran: boolean;
}

type Around = Pick<Given, 'profile' | 'today'>;

function judgeRule(ruling: Ruling, graph: ResourceGraph, around: Around): Judged {
  const { rule, level, params } = ruling;
  if (level === 'disabled') return { ruling, findings: [], undecided: [], ran: false };
  const given: Given = { ...around, params };
  const subjects = rule.kind === 'resource' ? graph.of(...rule.on) : [];
  graph.takeLooked();
  const { problems, undecided } =
    rule.kind === 'graph' ? checkGraph(rule, graph, given) : several(subjects.map(({ resource }) => checkResource(rule, resource, given)));
  const at = (urn: string): readonly Resource[] => {
    const found = graph.at(urn);
    return found === undefined ? [] : [found.resource];
  };
  return {
    ruling,
    findings: problems.flatMap(({ urn, path, problem }) => at(urn).map((resource) => ({ rule, level, resource, path, problem, expired: null }))),
    undecided: undecided.flatMap(({ urn, path }) => (urn === '' ? [SOMEWHERE] : at(urn)).map((resource) => ({ rule, resource, path }))),
    ran: rule.kind === 'graph' ? graph.takeLooked() : subjects.length > 0,
  };
}

/** Of an unknown inside of a document that a resource holds as a text: which resource it is, the check alone knew. */
const SOMEWHERE: Resource = { urn: '', type: '', name: 'one of the resources', props: {}, options: {} };

/** What a check found, and what it could not decide. */
export interface Checked {
  readonly problems: readonly GraphProblem[];
  readonly undecided: readonly GraphProblem[];
}

/** One rule on one resource, as every adapter asks it. An unknown where the rule wants a known value is a problem. */
export function checkResource(rule: ResourceRule, resource: Resource, given: Given): Checked {
  const reader = new Reader(resource.props);
  const problems = guarded(() => rule.check(reader, given, resource));
  return split(
    rule,
    problems.map((problem) => ({ ...problem, urn: resource.urn })),
    reader.undecided.map((path) => ({ urn: resource.urn, path, problem: '' })),
  );
}

/** One rule on all resources. An unknown that it met outside of what it asks of each leaves the rule undecided, and every other rule judged. */
export function checkGraph(rule: GraphRule, graph: ResourceGraph, given: Given): Checked {
  graph.takeUndecided();
  const problems = graph.whole(() => rule.check(graph, given));
  return split(rule, problems, graph.takeUndecided());
}

function split({ mustBeKnown = [] }: Rule, problems: readonly GraphProblem[], open: readonly GraphProblem[]): Checked {
  const late = open.filter(({ path }) => mustBeKnown.includes(path.replaceAll(/\[\d+\]/g, '')));
  return {
    problems: [...problems, ...late.map((each) => ({ ...each, problem: 'is not known before it exists: nobody could judge it in time' }))],
    undecided: open.filter((each) => !late.includes(each)),
  };
}

function several(all: readonly Checked[]): Checked {
  return { problems: all.flatMap(({ problems }) => problems), undecided: all.flatMap(({ undecided }) => undecided) };
}

/** A check that met an unknown outside of its parts is undecided as a whole: the reader has noted where. */
function guarded(check: () => readonly Problem[]): readonly Problem[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof Undecided) return [];
    throw error;
  }
}
