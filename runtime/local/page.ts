import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { DriftView } from '../drift/view-types.ts';
import { ArgsError } from '../errors.ts';
import { keyOf } from '../model/types.ts';
import type { ModelObject, ObjectStore } from '../objects/port.ts';
import type { Gateway } from '../proxy/gateway.ts';
import type { RouteTable } from '../proxy/routes.ts';
import type { ModelServer } from '../serving/model-server.ts';
import { assembleView } from './assemble.ts';
import type { AuditTrail } from './audit.ts';
import type { EventClock } from './clock.ts';
import { disturbServing } from './disturb.ts';
import type { DriftThread } from './drift/client.ts';
import type { LocalFeatures } from './features.ts';
import { INJECTIONS, readInjections, viewInjections, writeInjection } from './injections.ts';
import { createPageHandlers, type PageHandlers } from './page-server.ts';
import type { PageEvent } from './page-stream.ts';
import type { StateFolder } from './state-folder.ts';
import type { InjectionName, View } from './view.ts';

export interface PageParts {
  readonly folder: StateFolder;
  readonly objects: ObjectStore;
  readonly routes: RouteTable;
  readonly audit: AuditTrail;
  readonly clock: EventClock;
  readonly now: () => number;
  readonly gateway: () => Gateway;
  readonly drift: () => DriftThread;
  readonly models: ModelServer;
  readonly features: Pick<LocalFeatures, 'disturb'>;
}

/** The page's data and its two writes, from what the platform's parts hold. */
export interface Page {
  readonly handler: PageHandlers;
  setDrift(views: Readonly<Record<string, DriftView>>): void;
  /** Serving faults that are on follow the newest version, also after a restart. */
  restoreInjections(): void;
  /** Reads the objects again and tells who looks. To be called when something may have changed. */
  refresh(): Promise<void>;
}

export function createPage(parts: PageParts): Page {
  const { folder, objects, audit, clock, now } = parts;
  const listeners = new Set<(event: PageEvent) => void>();
  const emit = (event: PageEvent): void => {
    for (const listener of listeners) listener(event);
  };
  let drift: ReadonlyMap<string, DriftView> = new Map();
  let known: readonly ModelObject[] = [];
  audit.subscribe((event) => emit({ kind: 'audit', audit: event }));

  const view = (): View => {
    const specs = known.map(({ spec }) => spec);
    const routes = specs.flatMap((spec) => {
      const route = parts.routes.current(keyOf(spec));
      return route === null ? [] : [[keyOf(spec), route] as const];
    });
    return assembleView({
      now: now(),
      eventTime: clock.now(now()),
      models: known,
      routes: new Map(routes),
      samples: new Map(specs.map((spec) => [keyOf(spec), parts.gateway().sampler.samples(keyOf(spec))])),
      drift,
      injections: viewInjections(
        readInjections(folder.root),
        specs.some(({ features }) => features !== undefined),
      ),
      timeline: audit.recent(),
    });
  };

  const handler = createPageHandlers({
    view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    detail: (model, feature, window) => parts.drift().detail(model, feature, window),
    inject: (name, active) => inject(parts, name, active),
    async act(model, action, reason, digest) {
      const [tenant = '', name = ''] = model.split('/');
      const spec = { tenant, model: name, action, reason, ...(digest === null ? {} : { digest }) };
      const actionName = `${name}-${action.toLowerCase()}-${randomUUID().slice(0, 8)}`;
      await objects.createAction({ name: actionName, spec });
      await audit.write({
        eventTime: null,
        source: 'person',
        tenant,
        model: name,
        kind: action,
        text: `${action} asked for on the page: ${reason}`,
        record: `objects/actions/${actionName}.json`,
        data: {},
      });
      return `${action} was asked for; the timeline says what came of it.`;
    },
    report: async (path) => readBelow(join(folder.drift, 'reports'), path),
    record: async (path) => (RECORDS.test(path) ? readBelow(folder.root, path) : null),
  });

  return {
    handler,
    setDrift(views) {
      drift = new Map(Object.entries(views));
      emit({ kind: 'changed' });
    },
    restoreInjections() {
      const active = readInjections(folder.root);
      parts.features.disturb(active);
      for (const { spec } of known) disturbServing(parts.models, keyOf(spec), parts.routes, active);
    },
    async refresh() {
      known = await objects.models();
      for (const { spec } of known) {
        const sample = parts.gateway().sampler.samples(keyOf(spec)).at(-1);
        if (sample !== undefined) emit({ kind: 'sample', model: keyOf(spec), sample });
      }
      emit({ kind: 'changed' });
    },
  };
}

/** Records that may be shown: what happened and why. Never keys, tenants' files or raw predictions. */
const RECORDS = /^(?:bundles|drift\/(?:verdicts|alarms|state|reports)|objects\/(?:models|actions))\/[\w./-]+$/;
const MAX_RECORD_BYTES = 4 << 20;

function readBelow(folder: string, path: string): string | null {
  const file = join(folder, normalize(join('/', path)));
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) return null;
  if (stat.size > MAX_RECORD_BYTES) throw new ArgsError(path, `is ${stat.size} bytes, too large to show`, 'Open it in the state folder.');
  return readFileSync(file, 'utf8');
}

async function inject(parts: PageParts, name: InjectionName, active: boolean): Promise<void> {
  const names = writeInjection(parts.folder.root, name, active);
  parts.features.disturb(names);
  for (const { spec } of await parts.objects.models()) disturbServing(parts.models, keyOf(spec), parts.routes, names);
  const text = `${name} switched ${active ? 'on' : 'off'}: ${INJECTIONS[name].text}`;
  const event = parts.clock.now(parts.now());
  await parts.audit.write({
    eventTime: event === null ? null : new Date(event).toISOString(),
    source: 'person',
    tenant: '*',
    model: '*',
    kind: active ? 'InjectionOn' : 'InjectionOff',
    text,
    record: null,
    data: { name, active },
  });
}
