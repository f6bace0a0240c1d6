import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { batchName } from './batch-name.ts';
import { batchOf, batchWorkload, SCORER } from './batch-workload.ts';
import { metricsPorts, type WorkloadOf } from './dedicated.ts';
import { versionVolumes } from './delivery.ts';
import { labelsOf, metadataOf, slotSelector } from './metadata.ts';
import { networkPolicy } from './network-policy.ts';
import type { Workload } from './parts.ts';
import { placementOf } from './placement.ts';
import { podTemplate } from './pod.ts';
import { podMonitor } from './pod-monitor.ts';
import { routeConfigMap } from './queue-route.ts';
import { slotConfigMap } from './slot.ts';
import { type Served, servedSlots } from './slots.ts';
import type { KubernetesObject, RenderEnvironment, RenderStatus } from './types.ts';

/** A run that could not start on time, since no controller lived, starts this much later at most. Seconds. */
const LATE_START_SECONDS = 3_600;
/** Tries of one worker's part beyond the first. A pod that a node takes with it counts for none. */
const RETRIES = 3;
/** `weir` ends with it when trying again is no use (docs/cli.md): a table that is not there, a column of another type. */
const CANNOT = 2;

/**
 * A model of pattern batch: a CronJob for each version in its slot. The run of the stable version scores every row and replaces the table. The
 * other one scores the share of the rows that mirror or positions give it, by the same buckets as online, into a table of its own for
 * the judge, and none when it has no share: what consumers read is always whole and of one version, and a candidate can spoil nothing. Which of the
 * two a run is it reads from the route as it starts.
 *
 * Why no CronWorkflow of Argo (30-platform, 4): a run is one step, and a Job needs no second controller; Kueue queues a Job whole, but of a
 * workflow only the single pods, so that one could stop half-way for quota. Retraining has many steps, and stays with Argo.
 */
export function renderBatch(
  model: TenantModel,
  status: RenderStatus,
  environment: RenderEnvironment,
  workloadOf: WorkloadOf,
): readonly KubernetesObject[] {
  const slots = servedSlots(model, status).map((served) => {
    return { served, workload: batchWorkload(served.model, served, workloadOf(served.model, served, environment)) };
  });
  const servers = metricsPorts(slots.map(({ workload }) => workload));
  return [
    networkPolicy(model, servers, environment),
    routeConfigMap(model, status),
    ...versionVolumes(
      slots.map(({ served }) => served),
      environment,
    ),
    ...slots.flatMap(({ served, workload }) => [slotConfigMap(served.model, served, workload), cronJob(served.model, served, workload, environment)]),
    podMonitor(model, servers),
  ];
}

function cronJob(model: TenantModel, served: Served, workload: Workload, environment: RenderEnvironment): KubernetesObject {
  const { slot, version } = served;
  const { schedule, zone, deadline } = batchOf(model);
  const deadlineSeconds = Math.ceil(secondsOf(deadline));
  const annotations = { 'weir.dev/version': version.version, 'weir.dev/digest': version.digest };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { ...metadataOf(model, batchName(model.model, slot), slot), annotations },
    spec: {
      schedule,
      timeZone: zone,
      concurrencyPolicy: 'Forbid', // two runs would write one table
      startingDeadlineSeconds: Math.min(LATE_START_SECONDS, Math.max(60, deadlineSeconds)),
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        // Kueue suspends the Job until the tenant's quota has room for all of its workers
        metadata: { labels: { ...labelsOf(model, slot), 'kueue.x-k8s.io/queue-name': model.tenant }, annotations },
        spec: jobSpec(model, served, workload, environment),
      },
    },
  };
}

function jobSpec(model: TenantModel, { slot, version }: Served, workload: Workload, { zones }: RenderEnvironment) {
  const { parallelism, deadline } = batchOf(model);
  const annotations = { 'weir.dev/version': version.version, 'weir.dev/digest': version.digest, 'weir.dev/owner': model.owner };
  const frame = { labels: labelsOf(model, slot), annotations, selector: slotSelector(model, slot), placement: batchPlacement(model, zones) };
  const template = podTemplate({ ...frame, priority: 'inference' }, workload);
  return {
    completionMode: 'Indexed', // each worker knows its part by its index, and only a part that failed is done again
    completions: parallelism,
    parallelism,
    // from the moment Kueue lets it run: what a queue costs is the consumers' freshness alarm, not a reason to stop the run
    activeDeadlineSeconds: Math.ceil(secondsOf(deadline)),
    backoffLimitPerIndex: RETRIES,
    maxFailedIndexes: 0,
    podReplacementPolicy: 'Failed',
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        { action: 'FailJob', onExitCodes: { containerName: SCORER, operator: 'In', values: [CANNOT] } },
      ],
    },
    template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
  };
}

/** CPU runs on the general nodes, which nothing that answers callers shares; a GPU comes from the pool of the online models. */
function batchPlacement(model: TenantModel, zones: number) {
  const placement = placementOf(model, zones);
  return model.serving.gpu === 'none' ? { ...placement, nodeSelector: { workload: 'general' }, tolerations: [] } : placement;
}
