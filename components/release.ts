import * as k8s from '@pulumi/kubernetes';
import type { CustomResourceOptions, Input, Inputs } from '@pulumi/pulumi';
import { type ChartName, chartPin } from '../charts/pins.ts';

export interface ReleaseArgs {
  readonly chart: ChartName;
  /** Made by ClusterBase: a release that made its own would take what others put there with it. */
  readonly namespace: Input<string>;
  /** From charts/values/<chart>.ts. Helm keeps them in the cluster: a reference to a secret, never a secret. */
  readonly values: Inputs;
  /** The release's name in the cluster. Default: the chart's. */
  readonly releaseName?: string;
  /** CRDs of the chart's `crds/` folder are left to a release of their own. Default false. */
  readonly skipCrds?: boolean;
}

/** Seconds that an install, an upgrade or a removal may take: GPU images are large, and what does not come up in this time does not (40-pulumi, 11). */
const TIMEOUT_S = 900;

/**
 * A chart, with version and place from charts/pins.ts and nowhere else. It waits until its pods are ready, and takes back what a failed install has
 * made. Options come from `Component.child()`.
 */
export function release(name: string, args: ReleaseArgs, options: CustomResourceOptions): k8s.helm.v3.Release {
  const { chart, namespace, values, releaseName = chart, skipCrds = false } = args;
  const pin = chartPin(chart);
  const from = pin.repository.startsWith('oci://')
    ? { chart: `${pin.repository}/${pin.chart}` }
    : { chart: pin.chart, repositoryOpts: { repo: pin.repository } };
  const given = { ...from, version: pin.version, name: releaseName, namespace, values, skipCrds };
  const waits = { atomic: true, cleanupOnFail: true, waitForJobs: true, timeout: TIMEOUT_S, maxHistory: 5, createNamespace: false };
  const minutes = `${TIMEOUT_S / 60}m`;
  return new k8s.helm.v3.Release(name, { ...given, ...waits }, { ...options, customTimeouts: { create: minutes, update: minutes, delete: minutes } });
}
