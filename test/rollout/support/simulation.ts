import { weightOf } from '../../../runtime/model/positions.ts';
import type { ActionKind, ModelAction, Route, VersionRef } from '../../../runtime/model/status.ts';
import type { ModelSpec, Slot } from '../../../runtime/model/types.ts';
import { Conflict, type ModelObject, type ObjectStore } from '../../../runtime/objects/port.ts';
import type { Registry } from '../../../runtime/registry/port.ts';
import type { RolloutPorts } from '../../../runtime/rollout/act.ts';
import { type Controller, createController, takeEpoch } from '../../../runtime/rollout/controller.ts';
import type { Notice } from '../../../runtime/rollout/ports.ts';
import type { Counters, GateResult, ModelStatus, Reading } from '../../../runtime/rollout/types.ts';
import type { Pod } from '../../../runtime/serving/port.ts';
import { registered, specFor } from './fixtures.ts';
import type { Watch } from './watch.ts';

export interface Traffic {
  requestsPerSecond: number;
  /** Share of requests that fail, by version. */
  errors: Record<string, number>;
  slow: Record<string, number>;
}

/** Thrown instead of a write: the process dies there. */
export class Killed extends Error {}

const ZERO: Counters = { requests: 0, error: 0, rejected: 0, slow: 0 };

/**
 * A whole small platform under one injected clock: gateway, workloads, registry, store and traffic are fakes that keep what a real one
 * keeps over a kill, and lose what a real one loses.
 */
export class Simulation {
  now = Date.parse('2026-11-21T02:00:00.000Z');
  traffic: Traffic = { requestsPerSecond: 400, errors: {}, slow: {} };
  spec: ModelSpec;
  generation = 1;
  status: ModelStatus | null = null;
  resourceVersion = 1;
  actions: ModelAction[] = [];
  route: Route | null = null;
  pods: Pod[] = [];
  notices: Notice[] = [];
  routes: Route[] = [];
  writes: string[] = [];
  aliases: Record<string, string> = {};
  tags: Record<string, Record<string, string>> = {};
  gateFailures: Record<string, string> = {};
  gatesClosed = false;
  known = new Set<string>(['1', '2', '3', '4']);
  loadMs = 500;
  broken = new Set<string>();
  routeErrors = 0;
  recordFails = false;
  silent = false;
  nan = false;
  bundleMs = 300;
  errors: string[] = [];
  /** Kill at the n-th write from now, after it is done; plus a half: instead of it. */
  killAt: number | null = null;
  controller: Controller | null = null;
  watch: Watch | null = null;
  private epoch = 0;
  private gates = new Map<string, Map<string, GateResult>>();
  private bundles = new Map<string, number>();
  private counters = { stable: { ...ZERO }, candidate: { ...ZERO }, shadow: { ...ZERO } };
  private readings: Reading[] = [];
  private loading = new Map<Slot, number>();
  private carry: Record<string, number> = {};
  private serial = 0;

  constructor(spec: ModelSpec = specFor('1')) {
    this.spec = spec;
  }

  /** Lets wall time pass in 250 ms ticks. */
  async run(seconds: number): Promise<void> {
    const end = this.now + seconds * 1000;
    while (this.now < end) await this.step();
  }

  async until(condition: () => boolean, seconds = 300): Promise<void> {
    const end = this.now + seconds * 1000;
    while (!condition()) {
      if (this.now >= end)
        throw new Error(`not within ${seconds} s; phase ${this.status?.phase}, history: ${this.said().slice(-12).join(' | ')}, held: ${this.held()}`);
      await this.step();
    }
  }

  async step(): Promise<void> {
    this.now += 250;
    this.flow(250);
    await this.tick();
  }

  async tick(): Promise<void> {
    try {
      this.controller ??= await this.start();
      await this.controller.tick();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    if (this.killed) this.restart();
  }

  apply(version: string, overrides: Parameters<typeof specFor>[1] = {}): void {
    this.applySpec(specFor(version, overrides));
  }

  applySpec(spec: ModelSpec): void {
    this.spec = spec;
    this.generation++;
    this.resourceVersion++;
  }

  act(action: ActionKind, more: { digest?: string; createdAt?: string; reason?: string } = {}): string {
    const name = `action-${this.serial++}`;
    const digest = more.digest === undefined ? {} : { digest: more.digest };
    const createdAt = more.createdAt ?? new Date(this.now).toISOString();
    this.actions.push({
      name,
      uid: name,
      createdAt,
      spec: { tenant: 'flights', model: 'eta', action, reason: more.reason ?? '', ...digest },
      status: null,
    });
    return name;
  }

  result(name: string): string | null {
    return this.actions.find((action) => action.name === name)?.status?.result ?? null;
  }

  weight(version: string): number {
    if (this.route === null) return 0;
    const slot = this.slotOf(version);
    return slot === null ? 0 : weightOf(this.route, slot);
  }

  phase(): string {
    return this.status?.phase ?? 'none';
  }

  said(): string[] {
    return this.status?.history.map(({ reason, message }) => `${reason}: ${message}`) ?? [];
  }

  held(): string | null {
    const condition = this.status?.conditions.find(({ type }) => type === 'Held');
    return condition?.status === true ? condition.reason : null;
  }

  condition(type: string): boolean | null {
    return this.status?.conditions.find((condition) => condition.type === type)?.status ?? null;
  }

  /** kill -9 of the platform: status, route, aliases and actions are files; copies, counters and gate results are memory. */
  restart(): void {
    this.killed = false;
    this.killAt = null;
    this.controller = null;
    this.pods = [];
    this.loading.clear();
    this.readings = [];
    this.counters = { stable: { ...ZERO }, candidate: { ...ZERO }, shadow: { ...ZERO } };
    this.gates.clear();
    for (const [attempt, doneAt] of this.bundles) if (doneAt > this.now) this.bundles.delete(attempt);
  }

  setPod(slot: Slot, phase: Pod['phase'], restarts = 1): void {
    this.pods = this.pods.map((pod) => (pod.slot === slot ? { ...pod, phase, restarts, message: phase === 'Failed' ? 'worker died' : '' } : pod));
    if (phase === 'Loading') this.loading.set(slot, this.now + this.loadMs);
  }

  private killed = false;

  private async start(): Promise<Controller> {
    const ports = this.ports();
    const store = { read: () => Promise.resolve(this.epoch), write: (epoch: number) => this.write('epoch', () => this.keepEpoch(epoch)) };
    const epoch = await takeEpoch(store, ports);
    const onError = (_key: string, message: string): void => void this.errors.push(message);
    return createController({ ports, epoch, now: () => this.now, hash: () => 1234n, onError });
  }

  private slotOf(version: string): Slot | null {
    if (this.route?.versions.a?.version === version) return 'a';
    return this.route?.versions.b?.version === version ? 'b' : null;
  }

  /** Requests arrive and are answered by whoever the route names. Deterministic: shares are carried over, not drawn. */
  private flow(ms: number): void {
    for (const [slot, at] of this.loading) {
      if (this.now < at) continue;
      this.loading.delete(slot);
      this.pods = this.pods.map((pod) => {
        if (pod.slot !== slot || pod.phase === 'Failed') return pod;
        return this.broken.has(pod.version.version)
          ? { ...pod, phase: 'Failed', message: 'the model file is cut short' }
          : { ...pod, phase: 'Ready', message: '' };
      });
    }
    const route = this.route;
    if (route !== null) {
      const requests = this.portion('all', (this.traffic.requestsPerSecond * ms) / 1000);
      const other: Slot = route.stableSlot === 'a' ? 'b' : 'a';
      const toOther = this.portion('split', (requests * weightOf(route, other)) / 10_000);
      this.count('stable', route, route.stableSlot, requests - toOther);
      this.count('candidate', route, other, toOther);
      if (route.mirror !== null) this.count('shadow', route, route.mirror.slot, this.portion('mirror', (requests * route.mirror.percent) / 100));
    }
    const at = this.now;
    const stable = this.nan ? { ...this.counters.stable, error: Number.NaN } : this.counters.stable;
    this.readings.push({ at, stable, candidate: this.counters.candidate, shadow: this.counters.shadow });
    this.readings = this.readings.filter((reading) => reading.at > at - 240_000);
  }

  private count(arm: 'stable' | 'candidate' | 'shadow', route: Route, slot: Slot, requests: number): void {
    const version = route.versions[slot];
    const up = this.pods.some((pod) => pod.slot === slot && pod.phase === 'Ready' && pod.version.digest === version?.digest);
    const share = up ? (this.traffic.errors[version?.version ?? ''] ?? 0) : 1;
    const error = share === 1 ? requests : Math.min(requests, this.portion(`error-${arm}`, requests * share));
    const slow = Math.min(requests, this.portion(`slow-${arm}`, requests * (this.traffic.slow[version?.version ?? ''] ?? 0)));
    const before = this.counters[arm];
    this.counters[arm] = { requests: before.requests + requests, error: before.error + error, rejected: 0, slow: before.slow + slow };
  }

  private portion(name: string, exact: number): number {
    const sum = exact + (this.carry[name] ?? 0);
    const whole = Math.floor(sum);
    this.carry[name] = sum - whole;
    return whole;
  }

  /** Every write of the controller passes here: it is noted, and may be the one that the process dies at. */
  private write<T>(what: string, effect: () => T): Promise<T> {
    if (this.killed) return Promise.reject(new Killed());
    if (this.killAt !== null) {
      this.killAt -= 1;
      if (this.killAt < 0) {
        if (this.killAt <= -0.75) effect();
        this.killed = true;
        return Promise.reject(new Killed());
      }
    }
    this.writes.push(what);
    return Promise.resolve(effect());
  }

  private ports(): RolloutPorts {
    return { objects: this.objects(), registry: this.registry(), workloads: this.workloads(), traffic: this.gateway(), ...this.beside() };
  }

  private objects(): ObjectStore {
    const object = (): ModelObject => ({ spec: this.spec, status: this.status, generation: this.generation, resourceVersion: this.resourceVersion });
    const unused = () => Promise.reject(new Error('the controller never does this'));
    return {
      models: () => Promise.resolve([object()]),
      model: () => Promise.resolve(object()),
      applySpec: unused,
      deleteModel: unused,
      createAction: unused,
      actions: () => Promise.resolve([...this.actions]),
      writeStatus: (_key, resourceVersion, status) => {
        if (resourceVersion !== this.resourceVersion) return Promise.reject(new Conflict('changed'));
        this.watch?.status(this.status, status);
        return this.write(`status ${status.phase}`, () => {
          this.status = structuredClone(status);
          this.resourceVersion++;
          return object();
        });
      },
      answerAction: (name, status) =>
        this.write(`answer ${name}`, () => {
          this.actions = this.actions.map((action) => (action.name === name ? { ...action, status } : action));
        }),
    };
  }

  private gateway(): RolloutPorts['traffic'] {
    return {
      route: () => Promise.resolve(this.route),
      putRoute: (_key, route) => {
        if (this.routeErrors > 0) {
          this.routeErrors--;
          return Promise.reject(new Error('the gateway does not answer'));
        }
        if (this.route !== null && route.epoch < this.route.epoch) return Promise.reject(new Conflict('older epoch'));
        this.watch?.route(route);
        return this.write('route', () => {
          this.route = route;
          this.routes.push(route);
        });
      },
    };
  }

  private workloads(): RolloutPorts['workloads'] {
    return {
      pods: () => Promise.resolve([...this.pods]),
      apply: (_key, slot, version) => {
        this.watch?.removal(slot);
        return this.write(`apply ${slot} ${version.version}`, () => {
          this.pods = [...this.pods.filter((pod) => pod.slot !== slot), { slot, version, phase: 'Loading', message: '', restarts: 0 }];
          this.loading.set(slot, this.now + this.loadMs);
        });
      },
      remove: (_key, slot) => {
        this.watch?.removal(slot);
        return this.write(`remove ${slot}`, () => {
          this.pods = this.pods.filter((pod) => pod.slot !== slot);
        });
      },
    };
  }

  private setAlias(alias: string, version: string): void {
    this.aliases[alias] = version;
  }

  private tag(version: string, tags: Readonly<Record<string, string>>): void {
    this.tags[version] = { ...this.tags[version], ...tags };
  }

  private keepEpoch(epoch: number): void {
    this.epoch = epoch;
  }

  private registry(): Registry {
    const unused = () => Promise.reject(new Error('the controller never does this'));
    return {
      push: unused,
      list: unused,
      fetch: unused,
      get: (_model, version) => Promise.resolve(this.known.has(version) ? registered(version) : null),
      setAlias: (_model, alias, version) => this.write(`alias ${alias} ${version}`, () => this.setAlias(alias, version)),
      aliases: () => Promise.resolve({ ...this.aliases }),
      tag: (_model, version, tags) => this.write(`tag ${version}`, () => this.tag(version, tags)),
    };
  }

  private beside(): Pick<RolloutPorts, 'readings' | 'gates' | 'bundles' | 'notices'> {
    return {
      readings: {
        since: (_key, since) =>
          this.silent ? Promise.reject(new Error('no metrics')) : Promise.resolve(this.readings.filter(({ at }) => at > since)),
      },
      gates: {
        start: (spec, attempt, version, stage) => this.startGates(spec, attempt, version, stage),
        results: (_key, attempt) => this.gateResults(attempt),
      },
      bundles: {
        start: (_key, attempt) => void this.bundles.set(attempt, this.now + this.bundleMs),
        state: (_key, attempt) => {
          const doneAt = this.bundles.get(attempt);
          return { state: doneAt === undefined ? 'none' : doneAt <= this.now ? 'done' : 'running', path: null };
        },
        record: () => {
          if (this.recordFails) throw new Error('no space for the decision record');
        },
      },
      notices: {
        send: (notice) => this.write('notice', () => void this.notices.push(notice)),
        wasSent: (notice) => this.notices.some(({ data }) => data.notice === notice.data.notice),
      },
    };
  }

  private startGates(spec: ModelSpec, attempt: string, version: VersionRef, stage: 'static' | 'running'): void {
    const results = this.gates.get(attempt) ?? new Map<string, GateResult>();
    for (const type of ['Format', 'Manifest', 'Reference', ...spec.rollout.gates.map((gate) => gate.type)]) {
      if ((type === 'GoldenSet') !== (stage === 'running')) continue;
      const why = this.gateFailures[`${type} ${version.version}`];
      results.set(type, why === undefined ? { type, state: 'passed', message: 'ok' } : { type, state: 'failed', message: why });
    }
    this.gates.set(attempt, results);
  }

  private gateResults(attempt: string): readonly GateResult[] {
    const results = [...(this.gates.get(attempt)?.values() ?? [])];
    return this.gatesClosed ? results.map(({ type }) => ({ type, state: 'pending' })) : results;
  }
}

/** A simulation whose version 1 is stable already. */
export async function stableAtOne(overrides: Parameters<typeof specFor>[1] = {}): Promise<Simulation> {
  const sim = new Simulation(specFor('1', overrides));
  await sim.until(() => sim.phase() === 'Stable' && sim.weight('1') === 10_000 && sim.status?.observed !== null);
  await sim.run(1);
  return sim;
}
