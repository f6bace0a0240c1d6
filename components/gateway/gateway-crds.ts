import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { gatewayCrdsValues } from '../../charts/values/gateway-crds-helm.ts';
import { Component } from '../base.ts';
import { release } from '../release.ts';
import { GATEWAY_NAMESPACE } from './addresses.ts';

/** The kinds of the way in. They cost nothing. */
export interface GatewayCrdsArgs {
  /** What must be there first: namespaces. */
  readonly after: readonly Resource[];
}

/**
 * The kinds of Gateway API and of Envoy Gateway. They go after the controller, and that after everything of these kinds: a definition that goes takes its
 * objects with it, and nobody would then remove what they stood for (30-platform D6).
 * @example new GatewayCrds('prod-gateway-crds', { after: base.ready }, { providers: [kubernetes] })
 */
export class GatewayCrds extends Component {
  /** The release: whatever is of these kinds goes before it. */
  readonly ready: readonly Resource[];

  constructor(name: string, { after }: GatewayCrdsArgs, options?: ComponentResourceOptions) {
    super('weir:gateway:GatewayCrds', name, {}, options);
    const given = { chart: 'gateway-crds-helm' as const, namespace: GATEWAY_NAMESPACE, values: gatewayCrdsValues() };
    this.ready = [release(`${name}-release`, given, this.child({ dependsOn: [...after] }))];
    this.registerOutputs();
  }
}
