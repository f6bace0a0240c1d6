import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { addonsOnPlainNodes } from '../cluster/addon-list.ts';
import { Addons, type AddonsArgs } from '../cluster/addons.ts';

/**
 * EKS's add-ons that tolerate no taint, with the first pool that has none: EKS counts an add-on as made when its pods run. They cost what they run on.
 * @example new PlainAddons('prod-plain-addons', { clusterName, rolePrefix: 'weir-prod', account, partition: 'aws', version: '1.35', after: pools.ready }, { providers: [aws] })
 */
export class PlainAddons extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, args: Omit<AddonsArgs, 'addons'>, options?: ComponentResourceOptions) {
    super('weir:karpenter:PlainAddons', name, {}, options);
    this.ready = new Addons(`${name}-eks`, { ...args, addons: addonsOnPlainNodes() }, this.child()).ready;
    this.registerOutputs();
  }
}
