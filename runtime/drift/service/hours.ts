import type { EventLog } from '../../eventlog/port.ts';
import { EMPTY_PROFILE, mergeProfiles } from '../profile/merge.ts';
import { gapFreePath } from '../profile/path.ts';
import { mergeRows, rollUp } from '../profile/row.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Coverage, Profile, ProfileRow } from '../types.ts';
import { DAY, floorTo, HOUR } from '../windows.ts';
import { Presence } from './presence.ts';

/** Where the fold stands: `state/hours.json`. It names the profile that holds all hours that are not final; both move together. */
interface HoursState {
  readonly kind: 'weir.drift/Hours';
  readonly v: 1;
  readonly serial: number;
  readonly open: string;
  /** Hours before this (epoch seconds) lie in `hourly/`; what still arrives for them stays in the open profile. */
  readonly finalBefore: number;
  /** End of the last minute with a record, by `tenant/model`, epoch seconds. */
  readonly lastEventAt: Readonly<Record<string, number>>;
  /** When in each open hour there were rows: see Presence. */
  readonly presence: Readonly<Record<string, number>>;
}

const STATE = 'state/hours.json';
/** Hours kept in memory: what a window may be widened to, and the day before. */
const KEPT_SECONDS = 2 * DAY;

/**
 * Minutes summed to hours: the raw profiles of every partition along their gap-free path, up to the committed offset. A committed offset
 * is the end of a file on every path, so what was folded up to it never has to be undone. State on disk is one profile of open hours; raw
 * files after its coverage are folded again after a restart.
 */
export class Hours {
  readonly #store: ProfileStore;
  #state: HoursState;
  #coverage: Coverage[];
  #decodeErrors: number;
  #unreferenced: number;
  readonly #rows = new Map<number, ProfileRow[]>();
  /** What arrived for hours that were final already. */
  #late: ProfileRow[] = [];
  readonly #lastEventAt: Map<string, number>;
  readonly #presence: Presence;
  /** Decode errors since the last call of `takeDecodeErrors`, by topic. */
  readonly #freshErrors = new Map<string, number>();
  #gaps = 0;

  private constructor(store: ProfileStore, state: HoursState, open: Profile) {
    this.#store = store;
    this.#state = state;
    this.#coverage = [...open.coverage];
    this.#decodeErrors = open.decodeErrors;
    this.#unreferenced = open.unreferenced;
    this.#lastEventAt = new Map(Object.entries(state.lastEventAt));
    this.#presence = new Presence(state.presence);
    this.#add(open.rows);
  }

  static async open(store: ProfileStore): Promise<Hours> {
    const stored = await store.getJson(STATE);
    const state = isState(stored) ? stored : NOTHING;
    const open = state.open === '' ? EMPTY_PROFILE : await store.getProfile(state.open);
    if (open === null) throw new Error(`${STATE} names ${state.open}, which is gone`);
    const hours = new Hours(store, state, open);
    for (const path of await store.list('hourly')) {
      const hour = hourOfPath(path);
      if (hour === null || hour < state.finalBefore - KEPT_SECONDS || hour >= state.finalBefore) continue;
      hours.#keep((await store.getProfile(path))?.rows ?? []);
    }
    return hours;
  }

  /** Folds what the collector has committed since. Returns whether a range of offsets was lost on the way. */
  async fold(
    log: Pick<EventLog, 'committed'>,
    group: string,
    partitions: readonly { readonly topic: string; readonly partition: number }[],
  ): Promise<boolean> {
    const gapsBefore = this.#gaps;
    for (const { topic, partition } of partitions) {
      const committed = (await log.committed(group, topic, partition)) ?? 0;
      const from = this.#reach(topic, partition) ?? (await this.#firstRaw(topic, partition)) ?? committed;
      if (committed > from) await this.#foldPartition(topic, partition, from, committed);
    }
    return this.#gaps > gapsBefore;
  }

  async #foldPartition(topic: string, partition: number, from: number, committed: number): Promise<void> {
    const files = (await this.#store.listRaw(topic, partition, from)).filter(({ first, last }) => first >= from && last < committed);
    let path = gapFreePath(files, from);
    if (path.reach < committed) {
      // Offsets that retention took before they were read, or a lost file: go on behind the gap, and say so.
      this.#gaps += 1;
      const behind = files.find(({ first }) => first > path.reach)?.first ?? committed;
      const rest = gapFreePath(files, behind);
      path = { files: [...path.files, ...rest.files], reach: rest.reach };
    }
    for (const file of path.files) this.#take(await this.#store.getRaw(file.name));
    this.#coverage = [
      ...this.#coverage.filter((one) => one.topic !== topic || one.partition !== partition),
      this.#united(topic, partition, path.reach - 1),
    ];
  }

  /** One range from the first offset ever folded: gaps are counted, not kept. */
  #united(topic: string, partition: number, last: number): Coverage {
    const known = this.#coverage.find((one) => one.topic === topic && one.partition === partition);
    return { topic, partition, first: known?.first ?? 0, last };
  }

  #reach(topic: string, partition: number): number | null {
    const known = this.#coverage.find((one) => one.topic === topic && one.partition === partition);
    return known === undefined ? null : known.last + 1;
  }

  async #firstRaw(topic: string, partition: number): Promise<number | null> {
    return (await this.#store.listRaw(topic, partition))[0]?.first ?? null;
  }

  #take(profile: Profile): void {
    this.#decodeErrors += profile.decodeErrors;
    this.#unreferenced += profile.unreferenced;
    const topic = profile.coverage[0]?.topic ?? '';
    this.#freshErrors.set(topic, (this.#freshErrors.get(topic) ?? 0) + profile.decodeErrors);
    for (const { tenant, model, window, seconds, n } of profile.rows) {
      const key = `${tenant}/${model}`;
      if (n === 0) continue;
      this.#lastEventAt.set(key, Math.max(this.#lastEventAt.get(key) ?? 0, window + seconds));
      this.#presence.see(key, window);
    }
    this.#add(rollUp(profile.rows, HOUR));
  }

  #add(rows: readonly ProfileRow[]): void {
    const isLate = ({ window }: ProfileRow): boolean => window < this.#state.finalBefore;
    const late = rows.filter(isLate);
    if (late.length > 0) this.#late = mergeRows([...this.#late, ...late]);
    this.#keep(rows.filter((row) => !isLate(row)));
  }

  #keep(rows: readonly ProfileRow[]): void {
    for (const [hour, more] of Map.groupBy(rows, ({ window }) => window)) {
      this.#rows.set(hour, mergeRows([...(this.#rows.get(hour) ?? []), ...more]));
    }
  }

  /** Rows of an hour, all models, versions and arms. */
  rows(hour: number): readonly ProfileRow[] {
    return this.#rows.get(hour) ?? [];
  }

  lastEventAt(tenant: string, model: string): number | null {
    return this.#lastEventAt.get(`${tenant}/${model}`) ?? null;
  }

  /** Whether a model had rows all through an hour, without a silence. */
  whole(tenant: string, model: string, hour: number): boolean {
    return this.#presence.whole(`${tenant}/${model}`, hour);
  }

  coverage(topic: string): readonly Coverage[] {
    return this.#coverage.filter((one) => one.topic === topic);
  }

  takeDecodeErrors(topic: string): number {
    const errors = this.#freshErrors.get(topic) ?? 0;
    this.#freshErrors.delete(topic);
    return errors;
  }

  /** The first hour that holds rows of a model, epoch seconds; null: none. */
  firstHour(tenant: string, model: string): number | null {
    const hours = [...this.#rows].filter(([, rows]) => rows.some((row) => row.tenant === tenant && row.model === model)).map(([hour]) => hour);
    return hours.length === 0 ? null : Math.min(...hours);
  }

  /**
   * Writes what was folded: hours of days that closed (before `finalBefore`, epoch seconds) to `hourly/`, the rest to one open profile,
   * then the pointer to it. Killed before the pointer moved, the same is written again.
   */
  async checkpoint(finalBefore: number): Promise<void> {
    const before = this.#state;
    const limit = Math.max(before.finalBefore, finalBefore);
    for (const [hour, rows] of this.#rows) {
      if (hour < before.finalBefore || hour >= limit) continue;
      for (const [path, group] of Map.groupBy(rows, hourlyPath)) await this.#store.putProfile(path, { ...EMPTY_PROFILE, rows: group });
    }
    const open = `hourly/open-${before.serial + 1}.wpf`;
    const rows = [...this.#late, ...[...this.#rows].filter(([hour]) => hour >= limit).flatMap(([, of]) => of)];
    await this.#store.putProfile(open, { coverage: this.#coverage, rows, decodeErrors: this.#decodeErrors, unreferenced: this.#unreferenced });
    const lastEventAt = Object.fromEntries(this.#lastEventAt);
    const presence = this.#presence.keep(limit - KEPT_SECONDS);
    this.#state = { ...before, serial: before.serial + 1, open, finalBefore: limit, lastEventAt, presence };
    await this.#store.putJson(STATE, this.#state);
    if (before.open !== '') await this.#store.remove([before.open]);
    for (const hour of this.#rows.keys()) if (hour < limit - KEPT_SECONDS) this.#rows.delete(hour);
  }

  /** Everything counted so far: final hours, open hours and what was folded since. What the log holds up to `coverage` is in it once. */
  async counted(): Promise<Profile> {
    const final: ProfileRow[] = [];
    for (const path of await this.#store.list('hourly')) {
      const hour = hourOfPath(path);
      if (hour !== null && hour < this.#state.finalBefore) final.push(...((await this.#store.getProfile(path))?.rows ?? []));
    }
    const open = [...this.#rows].filter(([hour]) => hour >= this.#state.finalBefore).flatMap(([, of]) => of);
    const rows = mergeRows([...final, ...this.#late, ...open]);
    return mergeProfiles({ coverage: this.#coverage, rows, decodeErrors: this.#decodeErrors, unreferenced: this.#unreferenced });
  }

  /** Retention: raw files that the checkpoint holds and whose broker hour is older than this, epoch seconds. */
  async removeRaw(olderThan: number, partitions: readonly { readonly topic: string; readonly partition: number }[]): Promise<void> {
    const limit = new Date(floorTo(olderThan, HOUR) * 1000).toISOString().slice(0, 13);
    for (const { topic, partition } of partitions) {
      const reach = this.#reach(topic, partition) ?? 0;
      const files = await this.#store.listRaw(topic, partition);
      await this.#store.remove(files.filter(({ name, last }) => last < reach && (name.split('/').at(-2) ?? '~') < limit).map(({ name }) => name));
    }
  }
}

const NOTHING: HoursState = { kind: 'weir.drift/Hours', v: 1, serial: 0, open: '', finalBefore: 0, lastEventAt: {}, presence: {} };

const isState = (value: unknown): value is HoursState =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === NOTHING.kind;

function hourlyPath({ tenant, model, version, window }: ProfileRow): string {
  return `hourly/${tenant}/${model}/${version}/${window}.wpf`;
}

function hourOfPath(path: string): number | null {
  const hour = /^hourly\/[^/]+\/[^/]+\/[^/]+\/(\d+)\.wpf$/.exec(path)?.[1];
  return hour === undefined ? null : Number(hour);
}
