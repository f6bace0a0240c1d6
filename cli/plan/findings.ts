import { topicOf } from '../../components/cost/graph.ts';
import { EKS_VERSIONS } from '../../components/versions.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import type { Settings } from '../../stacks/settings/settings-file.ts';
import { counted } from '../format/level.ts';
import type { Graph, Node, Recording } from '../graph/node.ts';
import { isResource } from './resources.ts';
import type { SupportDate } from './support.ts';
import { roomFindings } from './tenants/room.ts';
import type { TenantFacts } from './tenants/tenant-facts.ts';

/** Something that a reader of the plan should know. */
export interface Finding {
  /** `error`: somebody has to act before this goes on, and the exit code says so. */
  readonly level: 'error' | 'warning' | 'note';
  readonly topic: string;
  readonly text: string;
  /** What to do, or where to read more; empty when there is nothing to do. */
  readonly remedy: string;
}

interface Known {
  readonly recording: Pick<Recording, 'graph' | 'duplicates'>;
  readonly settings: Settings;
  readonly support: readonly SupportDate[];
  /** US dollars a month. */
  readonly monthlyUsd: number;
  readonly tenants: readonly TenantFacts[];
}

type Rule = (known: Known) => readonly Finding[];

const RULES: readonly Rule[] = [
  duplicates,
  ({ support }) => support.flatMap(supportFinding),
  unpinnedAddons,
  oneWayOut,
  publicEndpoint,
  fromInside,
  oneRegion,
  aboveBudget,
  tooMany,
  ({ tenants, settings }) => roomFindings(tenants, settings),
  hooks,
  keptData,
];

/** What the graph and the settings say that a person should weigh; what stops comes first. */
export function findingsOf(known: Known): readonly Finding[] {
  const order = ['error', 'warning', 'note'];
  return RULES.flatMap((rule) => rule(known)).sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

function duplicates({ recording: { graph, duplicates: urns } }: Known): readonly Finding[] {
  return urns.map((urn) => ({
    level: 'error',
    topic: topicAt(graph, urn),
    text: `${nameOf(urn)} is made twice: the engine refuses the second`,
    remedy: 'Give one of the two another name.',
  }));
}

/** Where a product is told, and what a person does about its version. */
const PRODUCTS: Readonly<Record<SupportDate['product'], { readonly topic: string; readonly remedy: string }>> = {
  EKS: { topic: 'cluster', remedy: `Set cluster.version; Weir builds ${EKS_VERSIONS.join(', ')}.` },
  MSK: { topic: 'kafka', remedy: 'Set kafka.version.' },
  'Envoy Gateway': { topic: 'gateway', remedy: 'Take a newer Weir: charts/pins.ts names it.' },
  'Node.js': { topic: 'runtime', remedy: 'Take a newer Weir.' },
};

function supportFinding({ product, version, state, endsOn, days }: SupportDate): readonly Finding[] {
  const { topic, remedy } = PRODUCTS[product];
  if (state === 'ok') return [];
  if (endsOn === null) return [{ level: 'error', topic, text: `no support of ${product} ${version} is known`, remedy }];
  if (state === 'refused') return [{ level: 'error', topic, text: `support of ${product} ${version} ended on ${endsOn}`, remedy }];
  return [{ level: 'warning', topic, text: `support of ${product} ${version} ends on ${endsOn}, in ${counted(days ?? 0, 'day')}`, remedy }];
}

/** An add-on without a version: EKS takes its newest default, which may differ between two environments. */
function unpinnedAddons({ recording: { graph } }: Known): readonly Finding[] {
  const names = ofType(graph, 'aws:eks/addon:Addon').flatMap(({ inputs }) => (inputs.addonVersion === undefined ? [String(inputs.addonName)] : []));
  if (names.length === 0) return [];
  const text = `EKS chooses the version of ${names.sort().join(', ')}: none was verified for this cluster`;
  return [{ level: 'warning', topic: 'cluster', text, remedy: 'Pin it in components/addon-pins.ts once it has been read from the API.' }];
}

function oneWayOut({ recording: { graph }, settings: { profile, network } }: Known): readonly Finding[] {
  const gateways = ofType(graph, 'aws:ec2/natGateway:NatGateway').length;
  if (profile !== 'prod' || gateways === 0 || gateways >= network.zones.length) return [];
  const text = `${counted(gateways, 'NAT gateway')} for ${network.zones.length} zones: no way out while its zone is down`;
  return [{ level: 'warning', topic: 'network', text, remedy: 'Set network.nat to zone.' }];
}

function publicEndpoint({ recording: { graph } }: Known): readonly Finding[] {
  return ofType(graph, 'aws:eks/cluster:Cluster').flatMap(({ inputs: { vpcConfig } }): readonly Finding[] => {
    if (!isMap(vpcConfig) || vpcConfig.endpointPublicAccess !== true) return [];
    const from = Array.isArray(vpcConfig.publicAccessCidrs) ? vpcConfig.publicAccessCidrs.join(', ') : 'everywhere';
    return [
      { level: 'warning', topic: 'cluster', text: `the cluster's API answers the internet, from ${from}`, remedy: 'Empty cluster.publicCidrs.' },
    ];
  });
}

/** The first `up` cannot come from outside in one go: the VPC that leads to the endpoint is made by it. */
function fromInside({ recording: { graph } }: Known): readonly Finding[] {
  const hidden = ofType(graph, 'aws:eks/cluster:Cluster').some(
    ({ inputs: { vpcConfig } }) => isMap(vpcConfig) && vpcConfig.endpointPublicAccess !== true,
  );
  if (!hidden || ofType(graph, 'pulumi:providers:kubernetes').length === 0) return [];
  const text = "the cluster's API answers inside its VPC alone, and this stack puts objects into it";
  return [{ level: 'note', topic: 'cluster', text, remedy: 'First the foundation, then connect, then the platform: docs/environments.md.' }];
}

/** 30-platform, 1: prod has a copy elsewhere, but only a person can say where. */
function oneRegion({ settings: { profile, backup, layers } }: Known): readonly Finding[] {
  if (profile !== 'prod' || !layers.includes('foundation') || backup.dailyDays === 0 || backup.copyRegion !== undefined) return [];
  const text = 'backups lie in this region alone, and go with it';
  return [{ level: 'warning', topic: 'backup', text, remedy: 'Set backup.copyRegion.' }];
}

function aboveBudget({ settings: { budget }, monthlyUsd }: Known): readonly Finding[] {
  if (monthlyUsd <= budget.monthlyUsd) return [];
  const usd = (amount: number): string => `$${Math.round(amount).toLocaleString('en')}`;
  const text = `the estimate of ${usd(monthlyUsd)} a month is above the budget of ${usd(budget.monthlyUsd)}`;
  return [{ level: 'warning', topic: 'budget', text, remedy: 'Raise budget.monthlyUsd, or choose smaller instances.' }];
}

/** Self-managed backends write the whole state at each step (40-pulumi, 5.8 and 10). */
const MOST_RESOURCES = 1_000;

function tooMany({ recording: { graph } }: Known): readonly Finding[] {
  const count = [...graph.values()].filter(isResource).length;
  if (count <= MOST_RESOURCES) return [];
  return [
    {
      level: 'warning',
      topic: 'stack',
      text: `${counted(count, 'resource')} in one stack make every up slow`,
      remedy: 'Split it: weir:layers and weir:upstream.',
    },
  ];
}

function hooks({ recording: { graph } }: Known): readonly Finding[] {
  const names = [...new Set([...graph.values()].flatMap((node) => node.hooks.beforeDelete))];
  if (names.length === 0) return [];
  const remedy = 'pulumi destroy --run-program; weir rehearse shows it';
  return [{ level: 'note', topic: 'stack', text: `destroy runs ${names.join(', ')} and refuses without the program`, remedy }];
}

function keptData({ recording: { graph }, settings: { dataPolicy } }: Known): readonly Finding[] {
  const kept = [...graph.values()].filter((node) => isResource(node) && node.retainOnDelete);
  const guarded = kept.filter((node) => node.protect).length;
  if (dataPolicy === 'drop') {
    const stays =
      kept.length === 0
        ? ''
        : `; ${counted(kept.length, 'resource')} that ${kept.length === 1 ? 'is' : 'are'} always kept, such as logs, stay in the cloud`;
    return [
      {
        level: 'note',
        topic: 'stack',
        text: `destroy deletes the data: dataPolicy is drop${stays}`,
        remedy: 'Set dataPolicy to keep if it matters.',
      },
    ];
  }
  if (kept.length === 0) return [];
  const text = `${counted(kept.length, 'resource')} with data stay after a destroy, which refuses while ${guarded} of them are protected`;
  return [{ level: 'note', topic: 'stack', text, remedy: 'First set dataPolicy to drop by an up of its own; what is locked stays in any case.' }];
}

const ofType = (graph: Graph, type: string): readonly Node[] => [...graph.values()].filter((node) => node.type === type);
const nameOf = (urn: string): string => urn.split('::').at(-1) ?? urn;

function topicAt(graph: Graph, urn: string): string {
  const node = graph.get(urn);
  return node === undefined ? 'stack' : topicOf(graph, node);
}
