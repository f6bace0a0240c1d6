import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { dcgmExporterValues } from '../../charts/values/dcgm-exporter.ts';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { GPU_DAEMON } from './plan.ts';

/**
 * What GPUs do, measured on every GPU node. It costs nothing.
 * @example new DcgmExporter('prod-dcgm-exporter', { after: observability.ready }, { providers: [kubernetes] })
 */
export class DcgmExporter extends Component {
  readonly ready: readonly Resource[];

  /** @param args.after What must be there first: the namespace of node agents, the kinds of monitors. */
  constructor(name: string, { after }: { readonly after: readonly Resource[] }, options?: ComponentResourceOptions) {
    super('weir:gpu:DcgmExporter', name, {}, options);
    const given = { chart: 'dcgm-exporter' as const, namespace: NAMESPACES.nodeAgents, values: dcgmExporterValues(GPU_DAEMON) };
    this.ready = [release(`${name}-release`, given, this.child({ dependsOn: [...after] }))];
    this.registerOutputs();
  }
}
