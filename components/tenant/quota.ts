import type * as k8s from '@pulumi/kubernetes';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';

type Quota = EffectiveTenant['quota'];

/** Claims of volumes: the version of both slots of every model, and one more for what trains it. */
const CLAIMS_PER_MODEL = 3;

/**
 * The most of a namespace, all pods together: serving, candidates and training. Memory is requested and limited alike, so both have one number. Nobody gets a
 * load balancer or a port of all nodes: the way in is the gateway.
 */
export function resourceQuota({ gpus, cpu, memory, storage, models }: Quota): k8s.types.input.core.v1.ResourceQuotaSpec {
  return {
    hard: {
      'requests.cpu': String(cpu),
      'requests.memory': memory,
      'limits.memory': memory,
      'requests.nvidia.com/gpu': String(gpus),
      'requests.storage': storage,
      'requests.ephemeral-storage': storage,
      persistentvolumeclaims: String(models * CLAIMS_PER_MODEL),
      'services.loadbalancers': '0',
      'services.nodeports': '0',
      'count/models.weir.dev': String(models),
    },
  };
}

/** What a container gets that says nothing: a quota on memory refuses it otherwise. CPU has no limit: it would throttle. */
export function limitRange(): k8s.types.input.core.v1.LimitRangeSpec {
  const container = { defaultRequest: { cpu: '100m', memory: '256Mi' }, default: { memory: '256Mi' } };
  return { limits: [{ type: 'Container', ...container }] };
}
