import { type Product, type Support, supportOf } from '../../components/versions.ts';
import { counted } from '../format/level.ts';
import type { Graph, Node } from '../graph/node.ts';

/** How long a version that the graph names is still supported. */
export interface SupportDate extends Support {
  readonly product: Product;
  readonly version: string;
}

/** Where versions stand: the resource's type, of a release its chart, the input, and the version in what it says (`4.0` of `4.0.x.kraft`). */
interface Place {
  readonly product: Product;
  readonly type: string;
  readonly chart?: string;
  readonly input: string;
  readonly version: RegExp;
}

const VERSIONS: readonly Place[] = [
  { product: 'EKS', type: 'aws:eks/cluster:Cluster', input: 'version', version: /^\d+\.\d+/ },
  { product: 'MSK', type: 'aws:msk/cluster:Cluster', input: 'kafkaVersion', version: /^\d+\.\d+/ },
  { product: 'Envoy Gateway', type: 'kubernetes:helm.sh/v3:Release', chart: 'gateway-helm', input: 'version', version: /\d+\.\d+/ },
];

/** Every version of the graph whose support ends at a known date, or that nobody here knows. */
export function supportDates(graph: Graph, today: Date): readonly SupportDate[] {
  const found = VERSIONS.flatMap(({ product, type, chart, input, version }) =>
    [...graph.values()].flatMap((node) => {
      const value = node.inputs[input];
      const said = node.type === type && isOf(node, chart) && typeof value === 'string' ? version.exec(value)?.[0] : undefined;
      return said === undefined ? [] : [{ product, version: said, ...supportOf(said, today, product) }];
    }),
  );
  return [...new Map(found.map((one) => [`${one.product} ${one.version}`, one])).values()];
}

/** A chart is named by its last part: `oci://docker.io/envoyproxy/gateway-helm`. */
function isOf({ inputs }: Node, chart: string | undefined): boolean {
  return chart === undefined || (typeof inputs.chart === 'string' && inputs.chart.split('/').at(-1) === chart);
}

/** `EKS 1.35 ends 2027-03-27 (126 days)`. */
export function supportText({ product, version, endsOn, days }: SupportDate): string {
  if (endsOn === null) return `${product} ${version} has no end that is published`;
  if (days !== null && days < 0) return `${product} ${version} ended ${endsOn} (${counted(-days, 'day')} ago)`;
  return `${product} ${version} ends ${endsOn} (${counted(days ?? 0, 'day')})`;
}
