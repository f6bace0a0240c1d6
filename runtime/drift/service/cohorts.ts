import type { LabelSpec, ModelSpec } from '../../model/types.ts';
import type { Calibration } from '../cbpe.ts';
import { type Cohort, calAtAge, isComplete } from '../labels/cohort.ts';
import { cohortFolder } from '../labels/job.ts';
import { ageOfTruth, truthOf } from '../labels/truth.ts';
import { reliableAuc } from '../performance/auc.ts';
import { addCals, calTotals, outcomesOf } from '../performance/cal.ts';
import type { DailyAuc } from '../performance/days.ts';
import { AGES_DAYS, maturityOf, USUAL_COHORTS, usualMaturity } from '../performance/maturity.ts';
import { realisedOf } from '../performance/realised.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Performance, ScoreReference } from '../types.ts';
import { DAY, HOUR, spanOf } from '../windows.ts';

/**
 * Cohorts that a version of a model keeps in memory, as hours: four weeks, and three weeks beyond the age that its truth comes at, or none of a
 * late truth would ever be complete.
 */
export function keptHours(spec: Pick<ModelSpec, 'labels'> | undefined): number {
  const truth = spec === undefined ? undefined : truthOf(spec);
  return 24 * Math.max(28, truth === undefined ? 0 : ageOfTruth(truth) + 21);
}

/** Matured rows below which estimates stay with the reference's hold-out: 30 for each of 64 bins. */
const CALIBRATED = 64 * 30;

/** Hours with predictions that make a day: the first and the last of a version are not whole. */
const DAY_HOURS = 12;

/** The matured hours of the versions, as the label job left them. A cache of `state/cohorts`: loaded when first asked for. */
export class Cohorts {
  readonly #store: ProfileStore;
  readonly #kept: (tenant: string, model: string) => number;
  readonly #byVersion = new Map<string, Map<number, Cohort>>();
  /** Calibrations by version, until the next batch of labels. */
  readonly #calibrations = new Map<string, { readonly from: 'reference' | 'matured'; readonly outcomes: Calibration }>();
  #through = 0;

  /** @param kept hours to keep of each version of a model */
  constructor(store: ProfileStore, kept: (tenant: string, model: string) => number) {
    this.#store = store;
    this.#kept = kept;
  }

  async load(tenant: string, model: string, version: string): Promise<void> {
    const key = `${tenant}/${model}/${version}`;
    if (this.#byVersion.has(key)) return;
    const cohorts = new Map<number, Cohort>();
    this.#byVersion.set(key, cohorts);
    for (const path of (await this.#store.list(cohortFolder(tenant, model, version))).slice(-this.#kept(tenant, model))) {
      const cohort = await this.#store.getJson(path);
      if (isCohort(cohort)) cohorts.set(cohort.hour, cohort);
    }
  }

  put(cohort: Cohort & { readonly tenant: string; readonly model: string }): void {
    const { tenant, model, ...own } = cohort;
    const cohorts = this.#of(`${tenant}/${model}/${own.version}`);
    cohorts.set(own.hour, own);
    this.#calibrations.clear();
    const surplus = Math.max(0, cohorts.size - this.#kept(tenant, model));
    for (const hour of [...cohorts.keys()].sort((a, b) => a - b).slice(0, surplus)) cohorts.delete(hour);
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
    truth: LabelSpec | undefined,
    score: ScoreReference,
  ): { readonly from: 'reference' | 'matured'; readonly outcomes: Calibration } {
    if (truth === undefined) return { from: 'reference', outcomes: score };
    const known = this.#calibrations.get(key);
    if (known !== undefined) return known;
    const age = ageOfTruth(truth);
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

  /**
   * Realised performance at the truth's own age, one per complete hour, oldest first; none without a score or a truth.
   * @param from where labels of one day are shown from, epoch seconds; later ones from as many days before
   */
  realised(
    { tenant, name, labels }: LabelledModel,
    version: string,
    score: Pick<ScoreReference, 'mean'> | null,
    from: number,
  ): readonly Performance[] {
    const key = `${tenant}/${name}/${version}`;
    const truth = truthOf({ labels });
    if (truth === undefined || score === null) return [];
    const age = ageOfTruth(truth);
    const since = from - (age - 1) * DAY;
    const complete = this.#complete(key, age, since - USUAL_COHORTS * HOUR, Infinity);
    const cals = complete.map((cohort) => calAtAge(cohort, age));
    const totals = cals.map(calTotals);
    return complete.flatMap((cohort, index): Performance[] => {
      if (cohort.hour < since) return [];
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
