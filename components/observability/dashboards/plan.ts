import type { Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../../runtime/errors.ts';
import type { RuleArgs } from '../rules/rule.ts';
import { boards } from './boards.ts';
import { renderBoard } from './render.ts';

/** Dashboards for Grafana, as ConfigMaps that its sidecar reads. They cost nothing. */
export interface DashboardsArgs {
  /** Where Grafana runs; its sidecar looks there. */
  readonly namespace: string;
  /** What alerts know of the environment: panels draw their lines where alerts fire. */
  readonly rules: RuleArgs;
  /** The namespace. Grafana need not be there: its sidecar takes what comes, whenever it comes. */
  readonly after: readonly Resource[];
}

export interface DashboardPlan {
  /** Of the ConfigMap, and the dashboard's address below `/d/`. */
  readonly name: string;
  /** As Grafana reads it. */
  readonly json: string;
}

/** Folder in which Grafana shows them. */
export const FOLDER = 'Weir';

/** Bytes that an object in the cluster may have: etcd's `--max-request-bytes` is 1.5 MiB, and a ConfigMap's data are refused above 1 MiB. */
const MAX_BYTES = 2 ** 20;

/** What there is to show, by the name of the dashboard. */
export function planDashboards({ rules }: Pick<DashboardsArgs, 'rules'>): readonly DashboardPlan[] {
  return boards(rules).map((board) => {
    const json = JSON.stringify(renderBoard(board));
    if (Buffer.byteLength(json) > MAX_BYTES) {
      throw new ArgsError(
        'observability.dashboards',
        `${board.uid} has ${Buffer.byteLength(json)} bytes`,
        'Take panels away: no object may have more than 1 MiB.',
      );
    }
    return { name: board.uid, json };
  });
}
