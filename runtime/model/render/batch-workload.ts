import type { TenantModel } from '../loaded.ts';
import type { Container, Workload } from './parts.ts';
import { routeVolume, withRoute } from './queue-route.ts';
import { BESIDE, helperResources } from './resources.ts';
import type { Served } from './slots.ts';

/** Of the container that does the work: the Job's rules name it. */
export const SCORER = 'score';

/**
 * A worker's pod, from the pod that would serve online: the same files, checked alike, and the same server, as a sidecar of the kubelet's own (an
 * init container that is always restarted), for a Job ends when its ordinary containers do and no server ever does. In the proxy's place stands
 * the scorer, which begins when the server's startup probe has passed: the same image with the same document, so that features, checks and
 * the prediction log are the same too.
 */
export function batchWorkload(model: TenantModel, { slot }: Served, online: Workload): Workload {
  const servers = online.containers.filter(({ name }) => name !== 'proxy').map(sidecar);
  const proxies = online.containers.filter(({ name }) => name === 'proxy');
  const { from, to, parallelism } = batchOf(model);
  const args = [`--from=${from}`, `--to=${to}`, '--part=$(JOB_COMPLETION_INDEX)', `--parts=${parallelism}`]; // the index comes from the Job's controller
  return {
    ...online,
    containers: proxies.map((proxy) => withRoute(scorerOf(proxy, servers.length > 0), slot, args)),
    initContainers: [...online.initContainers, ...servers],
    volumes: [...online.volumes, routeVolume(model)],
  };
}

function sidecar(server: Container): Container {
  return { ...undrained(server), restartPolicy: 'Always' };
}

/** Nobody but the scorer asks the server, and nobody the scorer: there is nothing to wait for at the end. */
function undrained(container: Container): Container {
  const { lifecycle: _, ...rest } = container;
  return rest;
}

/** @param besideServer Else it computes rules itself, and has the resources for it. */
function scorerOf(proxy: Container, besideServer: boolean): Container {
  const [, ...flags] = proxy.args ?? []; // all but the command
  return { ...undrained(proxy), name: SCORER, args: ['score', ...flags], ...(besideServer ? { resources: helperResources(BESIDE.scorer) } : {}) };
}

/** The section that every batch model has. */
export function batchOf({ model, batch }: TenantModel): NonNullable<TenantModel['batch']> {
  if (batch === undefined) throw new Error(`${model}: pattern batch without a batch section: the spec was not checked`);
  return batch;
}
