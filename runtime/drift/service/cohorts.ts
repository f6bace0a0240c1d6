import type { ModelSpec } from '../../model/types.ts';
import type { Calibration } from '../cbpe.ts';
import { ageOfDelay, type Cohort, calAtAge, isComplete } from '../labels/cohort.ts';
import { cohortFolder } from '../labels/job.ts';
import { reliableAuc } from '../performance/auc.ts';
import { addCals, calTotals, outcomesOf } from '../performance/cal.ts';
import type { DailyAuc } from '../performance/days.ts';
import { AGES_DAYS, maturityOf, USUAL_COHORTS, usualMaturity } from '../performance/maturity.ts';
import { realisedOf } from '../performance/realised.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Performance, ScoreReference } from '../types.ts';
import { DAY, HOUR, spanOf } from '../windows.ts';

/** Cohorts kept in memory per version: four weeks of hours. */
const KEPT = 28 * 24;
/** Matured rows below which estimates stay with the reference's hold-out: 30 for each of 64 bins. */
const CALIBRATED = 64 * 30;

/** Hours with predictions that make a day: the first and the last of a version are not whole. */
const DAY_HOURS = 12;

/** The matured hours of the versions, as the label job left them. A cache of `state/cohorts`: loaded when first asked for. */
export class Cohorts {
  readonly #store: ProfileStore;
  readonly #byVersion = new Map<string, Map<number, Cohort>>();
  /** Calibrations by version, until the next batch of labels. */
  readonly #calibrations = new Map<string, { readonly from: 'reference' | 'matured'; readonly outcomes: Calibration }>();
  #through = 0;

  constructor(store: ProfileStore) {
    this.#store = store;
  }

  async load(tenant: string, model: string, version: string): Promise<void> {
    const key = `${tenant}/${model}/${version}`;
    if (this.#byVersion.has(key)) return;
    const cohorts = new Map<number, Cohort>();
    this.#byVersion.set(key, cohorts);
    for (const path of (await this.#store.list(cohortFolder(tenant, model, version))).slice(-KEPT)) {
      const cohort = await this.#store.getJson(path);
      if (isCohort(cohort)) cohorts.set(cohort.hour, cohort);
    }
  }

  put(cohort: Cohort & { readonly tenant: string; readonly model: string }): void {
    const { tenant, model, ...own } = cohort;
    const cohorts = this.#of(`${tenant}/${model}/${own.version}`);
    cohorts.set(own.hour, own);
    this.#calibrations.clear();
    for (const hour of [...cohorts.keys()].sort((a, b) => a - b).slice(0, Math.max(0, cohorts.size - KEPT))) cohorts.delete(hour);
  }

  /** @param through event time up to which labels were joined, epoch seconds */
  advance(through: number): void {
    if (through <= this.#through) return;
    this.#through = through;
    this.#calibrations.clear();
  }

  get through(): number {
    return this.#through;
  }

  #of(key: string): Map<number, Cohort> {
    const known = this.#byVersion.get(key);
    if (known !== undefined) return known;
    const fresh = new Map<number, Cohort>();
    this.#byVersion.set(key, fresh);
    return fresh;
  }

  /** Hours whose labels of the age are all there, oldest first. */
  #complete(key: string, ageDays: number, from: number, to: number): readonly Cohort[] {
    return [...this.#of(key).values()]
      .filter((cohort) => cohort.hour >= from && cohort.hour < to && isComplete(cohort, ageDays, this.#through))
      .sort((a, b) => a.hour - b.hour);
  }

  /** AUC of each whole day from `from` on (epoch seconds, any hour) that ends by `to` and has matured; thin days are left out. */
  daily(key: string, ageDays: number, from: number, to: number): DailyAuc {
    const days: { auc: number; labelled: number }[] = [];
    for (let day = from; day + DAY <= to && isComplete({ hour: day + DAY - HOUR }, ageDays, this.#through); day += DAY) {
      const cohorts = this.#complete(key, ageDays, day, day + DAY);
      if (cohorts.length < DAY_HOURS) continue;
      const result = reliableAuc(outcomesOf(addCals(cohorts.map((cohort) => calAtAge(cohort, ageDays)))));
      if (result !== null) days.push({ auc: result.auc, labelled: result.positives + result.negatives });
    }
    return { aucs: days.map(({ auc }) => auc), labelled: days.reduce((sum, { labelled }) => sum + labelled, 0) };
  }

  /** What estimates are made with: matured counts once they suffice, the hold-out until then. */
  calibration(
    key: string,
    delaySeconds: number | null,
    score: ScoreReference,
  ): { readonly from: 'reference' | 'matured'; readonly outcomes: Calibration } {
    if (delaySeconds === null) return { from: 'reference', outcomes: score };
    const known = this.#calibrations.get(key);
    if (known !== undefined) return known;
    const age = ageOfDelay(delaySeconds);
    const matured = addCals(this.#complete(key, age, 0, Infinity).map((cohort) => calAtAge(cohort, age)));
    const enough = calTotals(matured).labelled >= CALIBRATED;
    const calibration = enough ? ({ from: 'matured', outcomes: outcomesOf(matured) } as const) : ({ from: 'reference', outcomes: score } as const);
    this.#calibrations.set(key, calibration);
    return calibration;
  }

  maturation(key: string): readonly Maturation[] {
    return AGES_DAYS.flatMap((ageDays) => {
      const totals = this.#complete(key, ageDays, 0, Infinity).map((cohort) => calTotals(calAtAge(cohort, ageDays)));
      const sum = (of: 'predictions' | 'labelled'): number => totals.reduce((total, one) => total + one[of], 0);
      return totals.length === 0 ? [] : [{ ageDays, hours: totals.length, predictions: sum('predictions'), labelled: sum('labelled') }];
    });
  }

  /** Realised performance at the label's own age, one per complete hour from `from` on, oldest first; none without a score or labels. */
  realised(
    { tenant, name, labels }: LabelledModel,
    version: string,
    score: Pick<ScoreReference, 'mean'> | null,
    from: number,
  ): readonly Performance[] {
    const key = `${tenant}/${name}/${version}`;
    const [label] = labels;
    if (label === undefined || score === null) return [];
    const age = ageOfDelay(label.delaySeconds);
    const complete = this.#complete(key, age, from - USUAL_COHORTS * HOUR, Infinity);
    const cals = complete.map((cohort) => calAtAge(cohort, age));
    const totals = cals.map(calTotals);
    return complete.flatMap((cohort, index): Performance[] => {
      if (cohort.hour < from) return [];
      const cal = cals[index] ?? new Float64Array(0);
      const usual = usualMaturity(totals.slice(0, index));
      const figures = realisedOf(cal, score);
      return [{ window: spanOf({ start: cohort.hour, seconds: HOUR }), kind: 'realised', ageDays: age, ...figures, ...maturityOf(cal, true, usual) }];
    });
  }
}

type LabelledModel = Pick<ModelSpec, 'tenant' | 'name' | 'labels'>;

/** Labels that had come by each age, pooled over the hours for which that age has passed. */
export interface Maturation {
  readonly ageDays: number;
  readonly hours: number;
  readonly predictions: number;
  readonly labelled: number;
}

/** How far back an alarm's own past is looked at for a yardstick: two of each weekday, near enough for the same season. */
export const BEFORE_SECONDS = 14 * DAY;

function isCohort(value: unknown): value is Cohort {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'weir.drift/Cohort';
}
