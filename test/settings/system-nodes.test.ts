import { expect, test } from 'vitest';
import { askOf } from '../../cli/generate/docs/idle-ask.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { profileValues } from '../../stacks/settings/profiles.ts';
import { releasesOf } from '../support/charts.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';

/** CPUs that pods of an m7i.large get: two, less what EKS keeps for the kubelet (70 thousandths). */
const NODE_CPU = 1.93;
/** On each node: EKS's network, proxy, volume and health agents (0.22, their add-ons' own requests), node exporter and Fluent Bit. */
const DAEMONS_CPU = 0.22 + 0.02 + 0.05;
/** Two pods each of CoreDNS, metrics-server, the snapshot controller and the drivers of EBS and EFS, by their add-ons' own requests. */
const ADDONS_CPU = 0.2 + 0.2 + 0.02 + 0.12;
/** Charts whose pods all run on system nodes (charts/values/system-pods.ts). */
const WHOLE = ['karpenter', 'cert-manager', 'external-secrets', 'aws-load-balancer-controller', 'kueue', 'opencost', 'external-dns'];
/** Of charts that also have pods elsewhere, or whose values name counts and requests apart: those on system nodes, for each replica. */
const PER_REPLICA_CPU = { 'gateway-helm': 0.1, keda: 0.22 };
/** One of each: Prometheus's operator and kube-state-metrics. Two: the fallback proxies. */
const FIXED_CPU = 0.05 + 0.05 + 2 * 0.1;

test.each(PROFILES)(
  'the system nodes of %s carry what must run there: nothing else adds a node, and a release would wait until it fails',
  async (profile) => {
    const { graph } = await recordEnvironment(profile);
    const releases = releasesOf(graph).filter(({ chart }) => WHOLE.includes(chart));
    expect(releases.map(({ chart }) => chart)).toEqual(expect.arrayContaining(WHOLE.slice(0, -1)));
    const charts = releases.map(({ values }) => (isMap(values) ? askOf(values).cpu : Number.NaN)).reduce((sum, cpu) => sum + cpu, 0);
    const replicas = profile === 'dev' ? 1 : 2;
    const several = Object.values(PER_REPLICA_CPU).reduce((sum, cpu) => sum + replicas * cpu, 0);

    const { size = 0 } = profileValues(profile).nodes;
    expect(charts + several + FIXED_CPU + ADDONS_CPU).toBeLessThan(size * (NODE_CPU - DAEMONS_CPU));
    expect(charts, 'the two of Karpenter are among them').toBeGreaterThan(2);
  },
);
