import type { ModelSpec } from '../../model/types.ts';
import type { ObjectStore } from '../../objects/port.ts';
import type { ModelStatus } from '../../rollout/types.ts';
import { estimate } from '../cbpe.ts';
import { type Evaluation, evaluate } from '../evaluate.ts';
import { ageOfTruth, truthOf } from '../labels/truth.ts';
import { addCals } from '../performance/cal.ts';
import { type AlarmTransition, isOpen } from '../policy/alarms.ts';
import { type ActClients, act } from '../responder/act.ts';
import { type AlarmRecord, afterTransition, decide, RESPONSES, type ResponderContext } from '../responder/decide.ts';
import { driftWords, qualityWords } from '../responder/words.ts';
import type { ProfileStore } from '../store/port.ts';
import type { QualityResult } from '../types.ts';
import { DAY, HOUR } from '../windows.ts';
import { BEFORE_SECONDS, type Cohorts } from './cohorts.ts';
import type { Hours } from './hours.ts';
import { countsOf } from './judging.ts';
import type { WindowRecord } from './records.ts';
import type { References } from './references.ts';

/** What of the object store a rollback takes: which version is stable, what came before it, and an action of its own. */
export interface RollbackStore extends Pick<ObjectStore, 'createAction'> {
  model(key: string): Promise<{ readonly status: Pick<ModelStatus, 'stable' | 'former'> | null } | null>;
}

export interface RespondingContext {
  readonly store: ProfileStore;
  readonly hours: Hours;
  readonly cohorts: Cohorts;
  readonly references: References;
  readonly objects: RollbackStore | null;
  readonly clients: ActClients;
}

/** What a round knows of a model when it responds. */
export interface ModelNow {
  readonly spec: ModelSpec;
  readonly active: string | null;
  readonly since: Readonly<Record<string, number>>;
  /** The newest record of each version. */
  readonly latest: (version: string) => WindowRecord | undefined;
  readonly freshness: QualityResult | null;
  /** Event time, epoch seconds. */
  readonly now: number;
}

/** The alarms that something may still be done about, and the doing. `alarms/<id>.json` is written after each act. */
export class Responding {
  readonly #context: RespondingContext;
  readonly #alarms = new Map<string, AlarmRecord>();

  constructor(context: RespondingContext) {
    this.#context = context;
  }

  async load(): Promise<void> {
    for (const path of await this.#context.store.list('alarms')) {
      const stored = await this.#context.store.getJson(path);
      if (isAlarmRecord(stored)) this.#alarms.set(stored.id, stored);
    }
  }

  alarms(): readonly AlarmRecord[] {
    return [...this.#alarms.values()];
  }

  async take(of: { tenant: string; model: string; version: string }, transitions: readonly AlarmTransition[], windowSeconds = HOUR): Promise<void> {
    for (const transition of transitions) {
      const before = this.#alarms.get(transition.id) ?? null;
      await this.#put(afterTransition(before, transition, of, windowSeconds));
    }
  }

  async #put(alarm: AlarmRecord): Promise<void> {
    if (JSON.stringify(this.#alarms.get(alarm.id)) === JSON.stringify(alarm)) return;
    await this.#context.store.putJson(`alarms/${alarm.id}.json`, alarm);
    this.#alarms.set(alarm.id, alarm);
  }

  /** Decides and acts on every alarm of a model that is open, or that closed without a word. Returns how many acts were done. */
  async respond(model: ModelNow): Promise<number> {
    let acts = 0;
    for (const closed of this.alarms().filter((one) => one.tenant === model.spec.tenant && one.model === model.spec.name)) {
      const alarm = await this.#reopened(closed, model);
      if (!isOpen(alarm.state) && (alarm.done.length === 0 || alarm.done.includes('cleared'))) continue;
      acts += await this.#answer(await this.#current(alarm, model), model);
    }
    return acts;
  }

  /** A version that came back by a rollback brings the alarms that its own windows still hold. */
  async #reopened(alarm: AlarmRecord, { active, latest }: ModelNow): Promise<AlarmRecord> {
    if (isOpen(alarm.state) || alarm.version !== active) return alarm;
    const still = Object.values(latest(alarm.version)?.history.alarms ?? {}).find(({ id }) => id === alarm.id);
    if (still === undefined || !isOpen(still.state)) return alarm;
    const open: AlarmRecord = { ...alarm, state: still.state, closedAt: null, done: alarm.done.filter((name) => name !== 'cleared') };
    await this.#put(open);
    return open;
  }

  /** The alarm with its harm as it looks now; closed when its version answers nobody any more. */
  async #current(alarm: AlarmRecord, model: ModelNow): Promise<AlarmRecord> {
    if (!isOpen(alarm.state)) return alarm;
    const gone = model.active !== null && model.active !== alarm.version;
    const current: AlarmRecord = gone ? { ...alarm, state: 'ok', closedAt: model.now } : { ...alarm, evaluation: this.#harm(alarm, model) };
    await this.#put(current);
    return current;
  }

  async #answer(alarm: AlarmRecord, model: ModelNow): Promise<number> {
    const context = await this.#contextOf(alarm, model);
    let record = alarm;
    const actions = decide(alarm, context);
    for (const action of actions) {
      await act(action, record, this.#context.clients, model.now);
      record = { ...record, done: [...record.done, action.name] };
      await this.#put(record);
    }
    return actions.length;
  }

  async #contextOf(alarm: AlarmRecord, model: ModelNow): Promise<ResponderContext> {
    return {
      what: this.#words(alarm, model),
      evaluation: alarm.evaluation,
      rolledOutAt: model.since[alarm.version] ?? alarm.openedAt,
      canRollBack: await this.#canRollBack(alarm),
      owner: model.spec.owner,
      responses: model.spec.drift.responses ?? RESPONSES,
      saidBy: this.#saidBy(alarm),
    };
  }

  #words(alarm: AlarmRecord, { latest, freshness }: ModelNow): string {
    const record = latest(alarm.version);
    if (alarm.about === 'quality') {
      const results = [...(record?.quality ?? []), ...(freshness === null ? [] : [freshness])];
      const result = results.find(({ check, feature }) => alarm.feature === check + (feature === null ? '' : ` ${feature}`));
      return qualityWords(result, alarm.feature);
    }
    if (alarm.about === 'upstream') {
      const members = this.alarms().filter(({ parent }) => parent === alarm.id);
      return `one change upstream: ${members.map(({ feature, state }) => `${feature} ${state}`).join(', ')}`;
    }
    const verdict = record?.verdicts.find(({ feature }) => feature === alarm.feature);
    return driftWords(alarm.feature, alarm.state, alarm.openedAt, verdict);
  }

  async #canRollBack(alarm: AlarmRecord): Promise<boolean> {
    const object = (await this.#context.objects?.model(`${alarm.tenant}/${alarm.model}`)) ?? null;
    const status = object?.status ?? null;
    return status !== null && status.stable?.version === alarm.version && status.former.length > 0;
  }

  /** One cause, one page: traffic that stopped fails freshness and volume, a column that went fails schema and nulls. */
  #saidBy(alarm: AlarmRecord): string | null {
    const causes = CAUSES.find((names) => names.some((name) => alarm.feature.startsWith(name))) ?? [];
    const same = (other: AlarmRecord): boolean =>
      other.id !== alarm.id && other.model === alarm.model && other.tenant === alarm.tenant && other.about === 'quality' && isOpen(other.state);
    const first = this.alarms()
      .filter(same)
      .find((other) => causes.some((name) => other.feature.startsWith(name)) && sameFeature(alarm, other) && other.done.includes('page'));
    return first?.id ?? null;
  }

  #harm(alarm: AlarmRecord, model: ModelNow): Evaluation | null {
    if (alarm.about === 'quality' || alarm.state !== 'critical') return alarm.evaluation;
    const known = this.#context.references.get(alarm.tenant, alarm.model, alarm.version);
    const score = known?.reference.score ?? null;
    if (known === null || score === null) return null;
    const key = `${alarm.tenant}/${alarm.model}/${alarm.version}`;
    const truth = truthOf(model.spec);
    const age = truth === undefined ? null : ageOfTruth(truth);
    const daily = (from: number, to: number): ReturnType<Cohorts['daily']> =>
      age === null ? { aucs: [], labelled: 0 } : this.#context.cohorts.daily(key, age, from, to);
    // The window that opened it was at least the second of its kind: the yardstick ends well before.
    const before = alarm.openedAt - 3 * HOUR;
    const live = this.#estimated(alarm, model, score.mean);
    return evaluate({
      reference: score,
      since: daily(alarm.openedAt, Infinity),
      before: daily(before - BEFORE_SECONDS, before),
      estimated: live,
      limits: model.spec.drift,
    });
  }

  #estimated(alarm: AlarmRecord, { spec, now }: ModelNow, mean: readonly number[]): { auc: number | null; aucSe: number | null; n: number } | null {
    const known = this.#context.references.get(alarm.tenant, alarm.model, alarm.version);
    const score = known?.reference.score ?? null;
    if (known === null || score === null) return null;
    const cals: Float64Array[] = [];
    for (let hour = Math.max(alarm.openedAt, now - (now % HOUR) - DAY); hour < now; hour += HOUR) {
      cals.push(countsOf(this.#context.hours, { spec, version: alarm.version, known }, { start: hour, seconds: HOUR }).cal);
    }
    const calibration = this.#context.cohorts.calibration(`${alarm.tenant}/${alarm.model}/${alarm.version}`, truthOf(spec), score);
    return estimate(addCals(cals), calibration.outcomes, mean);
  }
}

const CAUSES: readonly (readonly string[])[] = [
  ['freshness', 'volume'],
  ['schema', 'nulls', 'types'],
];

/** `nulls distance` and `schema distance` are about one feature; `freshness` and `volume` about the model. */
function sameFeature(a: AlarmRecord, b: AlarmRecord): boolean {
  return a.feature.split(' ').slice(1).join(' ') === b.feature.split(' ').slice(1).join(' ');
}

export function isAlarmRecord(value: unknown): value is AlarmRecord {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'weir.drift/Alarm';
}
