import { canonicalJson, sha256Of } from '../../canonical-json.ts';
import type { Workload } from './parts.ts';
import type { Placement } from './placement.ts';
import { graceSeconds } from './probes.ts';

type Labels = Readonly<Record<string, string>>;

/** What every pod of Weir's has in common, whatever answers inside it. */
export interface PodFrame {
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Finds these pods: replicas are spread by it. */
  readonly selector: Labels;
  readonly placement: Placement;
  readonly priority: 'inference-critical' | 'inference';
}

/** The account of a tenant's serving pods; Pod Identity narrows it to `models/<tenant>/*` (30-platform, 2.4). */
export const SERVING_ACCOUNT = 'weir-serving';
/** Triton's user in its own image. */
const UID = 1_000;

/** Of every container: no privilege, no capability, nothing to write but its volumes. */
export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** Names no slot's role and no replica count: the same model and version give the same template, whoever is stable. */
export function podTemplate({ labels, annotations, selector, placement, priority }: PodFrame, workload: Workload) {
  const { nodeSelector, tolerations, affinity, spreadOver } = placement;
  const { containers, initContainers, volumes, config, drainSeconds } = workload;
  return {
    metadata: { labels, annotations: { ...annotations, 'weir.dev/config': sha256Of(canonicalJson(config)) } },
    spec: {
      serviceAccountName: SERVING_ACCOUNT,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: priority,
      securityContext: { runAsNonRoot: true, runAsUser: UID, runAsGroup: UID, fsGroup: UID, seccompProfile: { type: 'RuntimeDefault' } },
      nodeSelector,
      ...(tolerations.length === 0 ? {} : { tolerations }),
      ...(affinity === undefined ? {} : { affinity }),
      topologySpreadConstraints: spreadOver.map((key) => spread(key, selector)),
      terminationGracePeriodSeconds: graceSeconds(drainSeconds),
      ...(initContainers.length === 0 ? {} : { initContainers }),
      containers,
      volumes,
    },
  };
}

/** Best effort: a zone without machines must not keep a model from scaling. Replicas of an older template do not count. */
function spread(topologyKey: string, selector: Labels) {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
    matchLabelKeys: ['pod-template-hash'],
  };
}
