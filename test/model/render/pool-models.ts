import type { TenantModel } from '../../../runtime/model/loaded.ts';
import type { NamedPool } from '../../../runtime/model/render/pool-pod.ts';
import type { EffectivePool } from '../../../runtime/model/tenant-file.ts';
import { aModel, type ModelChanges } from './models.ts';

/** Two GPUs that a tenant's small models share. */
export const POOL: EffectivePool = {
  gpu: 'whole',
  accelerator: 'l4',
  min: 2,
  max: 6,
  copies: 2,
  resources: { cpu: 6, memory: '24Gi', storage: '50Gi', sharedMemory: '2Gi' },
};

export const CPU_POOL: EffectivePool = { gpu: 'none', min: 2, max: 4, copies: 2, resources: { ...POOL.resources, cpu: 2.5, memory: '8Gi' } };

export const SHOP: NamedPool = { tenant: 'shop', name: 'default', pool: POOL };

/** A model of mode shared in shop's pool. */
export function aMember(model: string, { serving = {}, ...changes }: ModelChanges = {}): TenantModel {
  return aModel({
    tenant: 'shop',
    model,
    owner: 'shop-ml',
    registry: { model, version: '7' },
    route: { path: `/v2/models/${model}` },
    ...changes,
    serving: { mode: 'shared', pool: 'default', gpu: 'fraction', autoscaling: { min: 1, max: 4, peaks: [] }, ...serving },
  });
}

/** `district-001`, `district-002`, … */
export function districts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `district-${String(index + 1).padStart(3, '0')}`);
}

/** 120 small models behind one name. */
export const FAMILY: TenantModel = aMember('personal', {
  inputs: { weekday: { kind: 'numeric', datatype: 'FP32', log: 'full', shape: 1 } },
  outputs: { demand: { kind: 'numeric', datatype: 'FP32', log: 'full', shape: 1 } },
  fallback: { demand: 10 },
  serving: { latency: '60ms', family: { header: 'x-district', members: districts(120) } },
  traffic: { usual: 40, peak: 120, compute: '4ms' },
});
