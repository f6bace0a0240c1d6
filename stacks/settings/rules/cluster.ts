import { EKS_VERSIONS } from '../../../components/versions.ts';
import { atValue, type Finding } from '../../../runtime/model/read/locate.ts';
import type { Settings } from '../settings-file.ts';
import { type Rule, when } from './rule.ts';

/** Rules on the cluster and its system nodes. */
export const CLUSTER_RULES: readonly Rule[] = [knownVersion, nodesInOrder, systemNodesHaveNoGpu, exportHasLogs];

/** Whether support lasts long enough is a matter of the day: the plan says it. */
function knownVersion({ cluster: { version } }: Settings): readonly Finding[] {
  return when(!EKS_VERSIONS.includes(version), () =>
    atValue(['cluster', 'version'], `"${version}" is no version that Weir has add-ons for`, `Use one of ${EKS_VERSIONS.join(', ')}.`),
  );
}

function nodesInOrder({ nodes: { min, size, max } }: Settings): readonly Finding[] {
  return [
    ...when(min > max, () => atValue(['nodes', 'min'], `${min} is more than max, ${max}`, 'Raise max, or lower min.')),
    ...when(min <= max && (size < min || size > max), () =>
      atValue(['nodes', 'size'], `${size} is not between min, ${min}, and max, ${max}`, 'Choose a size between them.'),
    ),
  ];
}

function systemNodesHaveNoGpu({ nodes: { instance } }: Settings): readonly Finding[] {
  return when(/^(g|p|inf|trn)\d/.test(instance), () =>
    atValue(
      ['nodes', 'instance'],
      `"${instance}" has accelerators, and nothing on system nodes uses them`,
      'Choose a general type such as m7i.large: models get GPU nodes from Karpenter.',
    ),
  );
}

function exportHasLogs({ cluster }: Settings): readonly Finding[] {
  return when(cluster.logExport && cluster.logs.length === 0, () =>
    atValue(['cluster', 'logExport'], 'has nothing to export: cluster.logs is empty', 'Name logs such as audit, or turn the export off.'),
  );
}
