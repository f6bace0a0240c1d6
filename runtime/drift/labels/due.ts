import { existsSync } from 'node:fs';
import type { LabelSpec, ModelSpec } from '../../model/types.ts';
import { hourFolder, type Lake } from '../lake/layout.ts';
import { LAKE_DAYS } from '../lake/retention.ts';
import { DAY, floorTo, HOUR } from '../windows.ts';
import type { LabelState } from './plan.ts';
import { truthOf } from './truth.ts';

/** A model whose truth has a horizon: no label by then means something. */
export interface Silent {
  readonly tenant: string;
  readonly model: string;
  readonly absent: NonNullable<LabelSpec['absent']>;
  /** All that the meaning consists of, as text: kept in the state, to notice another one. */
  readonly meaning: string;
}

export function silentModels(specs: readonly ModelSpec[]): readonly Silent[] {
  return specs.flatMap((spec) => {
    const truth = truthOf(spec);
    if (truth?.absent === undefined) return [];
    const { event, absent } = truth;
    return [{ tenant: spec.tenant, model: spec.name, absent, meaning: JSON.stringify([event, absent.afterSeconds, absent.value]) }];
  });
}

/**
 * Hours with predictions whose last one passed the horizon since the batch before: nothing arrives for them, so nothing else would have them
 * counted again.
 * @param through Event time up to which all labels will have been joined, epoch seconds.
 */
export function dueHours({ tenant, model, absent, meaning }: Silent, lake: Lake, state: LabelState, through: number): readonly number[] {
  const same = state.silence?.[`${tenant}/${model}`] === meaning;
  const seen = same ? state.through - HOUR - absent.afterSeconds : -Infinity;
  const last = floorTo(through - HOUR - absent.afterSeconds, HOUR);
  const hours: number[] = [];
  for (let hour = Math.max(floorTo(seen, HOUR) + HOUR, floorTo(through - LAKE_DAYS * DAY, HOUR)); hour <= last; hour += HOUR) {
    if (existsSync(hourFolder(lake, 'predictions', tenant, model, hour))) hours.push(hour);
  }
  return hours;
}
