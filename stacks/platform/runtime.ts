import * as pulumi from '@pulumi/pulumi';
import { Runtime } from '../../components/runtime/runtime.ts';
import type { Below, Part } from './below.ts';
import { digestsOf } from './models-outputs.ts';

/** Weir's own processes, the last of the platform. @param after Namespaces and priorities, the kinds of models and monitors, Prometheus. */
export function buildRuntime({ settings, foundation, inside }: Below, after: readonly pulumi.Resource[]): Part {
  const { environment: env, gateway, karpenter } = settings;
  const image = pulumi.interpolate`${foundation.images.weir}@${digestsOf(settings).weir}`;
  return new Runtime(`${env}-runtime`, { image, maxBodyMiB: gateway.maxBodyMiB, ownNodes: karpenter === 'on', after }, inside);
}
