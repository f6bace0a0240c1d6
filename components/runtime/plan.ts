import type { Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';

/**
 * What runs of Weir's own beside the models' pods: two small proxies that answer declared fallbacks while no pod of a model lives. They run on the
 * system nodes, ask for 0.1 CPU and 256 MiB each, and cost nothing beyond those nodes.
 */
export interface RuntimeArgs {
  /** Weir's image, by digest: `<repository>@sha256:…`. */
  readonly image: Input<string>;
  /** The longest request that the gateway lets through, MiB. */
  readonly maxBodyMiB: number;
  /** Whether Weir's own system nodes are there; in another team's cluster pods run anywhere. */
  readonly ownNodes: boolean;
  /** What has to be there before: namespaces and priorities, the kinds of models and of monitors. */
  readonly after: readonly Resource[];
}

/** Where requests go when a model's Service has no endpoint: `http://weir-fallback.weir-system:8080`. */
export const FALLBACK = { namespace: NAMESPACES.runtime, service: 'weir-fallback', port: 8_080, adminPort: 8_081 } as const;

/** Two, so that one node may go at any time. */
export const REPLICAS = 2;

/** Bytes of a request are held in memory while it is read; 16 of the longest must fit into what a proxy has. */
const MOST_MIB = 16;

export interface RuntimePlan {
  /** Arguments of the container. */
  readonly args: readonly string[];
  readonly policies: readonly PolicyPlan[];
}

/** Who may talk to which pods, and whom they may talk to. */
export interface PolicyPlan {
  readonly name: string;
  /** Labels of the pods; none: every pod of the namespace. */
  readonly pods: Readonly<Record<string, string>>;
  readonly from: readonly { readonly namespace: string; readonly port: number }[];
  readonly to: readonly { readonly cidrs: readonly string[]; readonly port: number }[];
}

/** What finds the proxies' pods. */
export const FALLBACK_LABELS = { 'app.kubernetes.io/name': FALLBACK.service } as const;

/**
 * The API server is reached by a Service's address, which becomes one of the control plane's in the VPC. Both are private; which ranges they come
 * from is the owner's of the cluster to choose.
 */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const HTTPS = 443;

/** @throws ArgsError for a limit that the proxies' memory does not hold */
export function planRuntime({ maxBodyMiB }: Pick<RuntimeArgs, 'maxBodyMiB'>): RuntimePlan {
  if (!Number.isInteger(maxBodyMiB) || maxBodyMiB < 1) {
    throw new ArgsError('runtime.maxBodyMiB', `${maxBodyMiB} is no number of MiB`, 'Give a whole number of 1 or more.');
  }
  const longest = Math.min(maxBodyMiB, MOST_MIB); // a fallback needs the rows of a request, and a longer one gets 413
  return {
    args: ['proxy', '--fallback', `--port=${FALLBACK.port}`, `--admin-port=${FALLBACK.adminPort}`, `--max-body-mib=${longest}`],
    policies: [
      { name: 'default-deny', pods: {}, from: [], to: [] },
      {
        name: FALLBACK.service,
        pods: FALLBACK_LABELS,
        from: [
          { namespace: NAMESPACES.gateway, port: FALLBACK.port },
          { namespace: NAMESPACES.monitoring, port: FALLBACK.adminPort },
        ],
        to: [{ cidrs: PRIVATE_RANGES, port: HTTPS }],
      },
    ],
  };
}
