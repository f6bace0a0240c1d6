import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { devicePluginValues } from '../../charts/values/nvidia-device-plugin.ts';
import { Component } from '../base.ts';
import { SHARED_GPU } from '../karpenter/labels.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { type DevicePluginArgs, GPU_DAEMON, planSharing } from './plan.ts';

/**
 * NVIDIA's device plugin, before any pool with GPUs: a node that starts without it stays empty and alive (karpenter-provider-aws#1914).
 * @example new DevicePlugin('prod-device-plugin', { sharedGpus: 0, sharedBy: 4, after: base.ready }, { providers: [kubernetes] })
 */
export class DevicePlugin extends Component {
  /** The plugin: pools with GPUs come after it. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: DevicePluginArgs, options?: ComponentResourceOptions) {
    const [replicas] = planSharing(args);
    super('weir:gpu:DevicePlugin', name, {}, options);

    const sharing = replicas === undefined ? {} : { sharing: { config: SHARED_GPU['gpu-sharing'], replicas } };
    const given = {
      chart: 'nvidia-device-plugin' as const,
      namespace: NAMESPACES.nodeAgents,
      values: devicePluginValues({ ...GPU_DAEMON, ...sharing }),
    };
    this.ready = [release(`${name}-release`, given, this.child({ dependsOn: [...args.after] }))];
    this.registerOutputs();
  }
}
