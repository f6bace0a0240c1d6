import * as aws from '@pulumi/aws';
import type { Resource } from '@pulumi/pulumi';
import type { Graph, Recording } from '../../cli/graph/node.ts';
import { record } from '../../cli/graph/record.ts';
import { kubernetesProvider } from '../../components/kubernetes/provider.ts';
import { merge, type TreeMap } from '../../runtime/model/layers/tree.ts';
import { buildFoundation } from '../../stacks/foundation.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import type { Below } from '../../stacks/platform/below.ts';
import { clusterNameOf } from '../../stacks/settings/derived.ts';
import { stackSettings } from '../../stacks/settings.ts';
import { type CloudProfile, configOf, stackValues } from './environments.ts';
import { standInCloud } from './inputs/cloud.ts';

/** What a part of the platform is recorded on. */
export interface PartWorld {
  /** Settings above those of the profile's stack file. */
  readonly settings?: TreeMap;
  readonly preview?: boolean;
  /** A cluster that says it is somebody else's, whatever the settings say. */
  readonly below?: (below: Below) => Below;
}

/** Records the foundation of a profile with one part of the platform on it, without the others. */
export async function recordPart(
  profile: CloudProfile,
  build: (below: Below, after: readonly Resource[]) => unknown,
  { settings = {}, preview = false, below: changed = (below) => below }: PartWorld = {},
): Promise<Recording> {
  const values = merge(stackValues(profile), { layers: ['foundation', 'platform'], ...settings });
  const program = (): void => {
    const given = stackSettings();
    const { region, account, environment } = given.settings;
    const hooks = makeHooks({ region, clusterName: clusterNameOf(given.settings) });
    const cloud = { providers: [new aws.Provider(`${environment}-aws`, { region, allowedAccountIds: [account] })] };
    const { outputs: foundation, ready } = buildFoundation(given, cloud, hooks);
    const { kubeconfig, arn } = foundation.cluster;
    const kubernetes = kubernetesProvider(`${environment}-kubernetes`, { kubeconfig, clusterArn: arn }, { dependsOn: [...ready] });
    const inside = { providers: [...cloud.providers, kubernetes] };
    build(changed({ settings: given.settings, foundation, hooks, cloud, inside }), ready);
  };
  const world = { state: standInCloud().state, preview, stack: profile };
  return record(program, { ...world, config: configOf(Object(values)) });
}

/** Custom resources of a kind, by their name in the cluster. */
export function objectsOf(graph: Graph, kind: string): Readonly<Record<string, TreeMap>> {
  const found = [...graph.values()].filter(({ type, inputs }) => type.startsWith('kubernetes:') && inputs.kind === kind);
  return Object.fromEntries(found.map(({ inputs }) => [String(Object(inputs.metadata).name), Object(inputs)]));
}
