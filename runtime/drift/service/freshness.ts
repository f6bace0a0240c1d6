import { alarmId, isOpen } from '../policy/alarms.ts';
import { checkFreshness } from '../staleness.ts';
import { floorTo, HOUR } from '../windows.ts';
import type { Hours } from './hours.ts';
import type { ModelJudging } from './model.ts';
import type { Responding } from './responding.ts';

const FEATURE = 'freshness';

/**
 * Asked in every round, because a stopped source closes no window by itself. True when the alarm changed.
 * @param now Epoch seconds up to which everything is counted: a record that is not read yet is no silence.
 */
export async function watchFreshness(model: ModelJudging, hours: Hours, responding: Responding, now: number): Promise<boolean> {
  const { tenant, name, drift } = model.spec;
  const lastEventAt = hours.lastEventAt(tenant, name);
  model.freshness = checkFreshness(now, lastEventAt, drift.cadenceSeconds);
  const version = model.judged?.active ?? null;
  if (version === null || lastEventAt === null) return false;
  const open = responding.alarms().find((one) => one.feature === FEATURE && one.tenant === tenant && one.model === name && isOpen(one.state));
  const failed = model.freshness.level === 'fail';
  if (failed === (open !== undefined)) return false;
  const owner = { tenant, model: name, version };
  const openedAt = open?.openedAt ?? lastEventAt;
  const id = open?.id ?? alarmId(owner, FEATURE, 'quality', lastEventAt);
  const step = failed ? ({ from: 'ok', to: 'critical' } as const) : ({ from: 'critical', to: 'ok' } as const);
  await responding.take(owner, [{ id, feature: FEATURE, kind: 'quality', window: floorTo(now, HOUR), parent: null, openedAt, ...step }]);
  return true;
}
