import { NAMESPACES } from '../../../components/kubernetes/plan.ts';
import { isMap } from '../../../runtime/model/layers/tree.ts';
import type { RenderEnvironment } from '../../../runtime/model/render/types.ts';
import { GATEWAY } from '../../../stacks/platform/addresses.ts';
import type { Recording } from '../../graph/node.ts';
import { unwrapped } from '../../graph/secrets.ts';

/** What the models of a recorded stack are rendered with; null for a stack without tenants. */
export function renderEnvironmentOf({ outputs }: Pick<Recording, 'outputs'>): RenderEnvironment | null {
  const models = unwrapped(outputs.models);
  if (!isMap(models)) return null;
  const text = (key: string): string => String(models[key]);
  return {
    domain: text('domain'),
    gateway: { name: GATEWAY, namespace: NAMESPACES.gateway },
    images: { weir: text('weirImage'), triton: text('tritonImage'), vllm: text('vllmImage') },
    region: text('region'),
    servingBucket: text('servingBucket'),
    kafka: text('kafka'),
    prometheus: text('prometheus'),
    featureServer: text('featureServer'),
    namespaces: { gateway: NAMESPACES.gateway, monitoring: NAMESPACES.monitoring, runtime: NAMESPACES.runtime },
    egressCidrs: Array.isArray(models.egressCidrs) ? models.egressCidrs.map(String) : [],
    zones: Number(models.zones),
  };
}
