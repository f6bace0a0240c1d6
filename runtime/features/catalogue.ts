import { secondsOf } from '../model/duration.ts';
import type { EffectiveEntity, EffectiveFeatures, EffectiveField, EffectiveSource, EffectiveView } from '../model/features-file.ts';
import { nearest } from '../model/read/suggest.ts';
import type { EffectiveTenant } from '../model/tenant-file.ts';

/** A view as one feature service reads it. */
export interface ServiceView {
  readonly name: string;
  readonly entity: string;
  /** The request's tensor that holds the entity's key, and its KServe V2 datatype. */
  readonly key: string;
  readonly datatype: EffectiveEntity['datatype'];
  /** Promised age of the newest row. */
  readonly freshnessSeconds: number;
  /** A row older than this counts as absent. */
  readonly ttlSeconds: number;
  readonly source: EffectiveSource;
  /** The fields that the service takes from the view, in the order of the view's file unless the service names them. */
  readonly fields: Readonly<Record<string, EffectiveField>>;
  /** Those of `fields` that say something about a person: never logged in full. */
  readonly personal: readonly string[];
}

/** A feature service with everything that its catalogue says of it. */
export interface FeatureService {
  /** The tenant whose `features.yaml` declares it. */
  readonly tenant: string;
  readonly name: string;
  /** Tensors of the request, with their datatypes, in the order in which the views need them. */
  readonly keys: Readonly<Record<string, EffectiveEntity['datatype']>>;
  /** The model's features by name, in the order of the service's items. */
  readonly fields: Readonly<Record<string, EffectiveField>>;
  readonly views: readonly ServiceView[];
}

/** Why a service cannot be read, for a person. */
export interface UnresolvedService {
  readonly problem: string;
  readonly remedy: string;
  /** What was probably meant, as it would be written in the model file; null when nothing is near. */
  readonly suggestion: string | null;
}

/** `shares.features` of each tenant's file: its services, and the tenants that may read them. */
export type FeatureShares = ReadonlyMap<string, EffectiveTenant['shares']['features']>;

/**
 * The service that a model's `features.service` names: `<service>` of the tenant's own catalogue, or `<tenant>/<service>` of one that another
 * tenant shares. `catalogues` holds the `features.yaml` of every tenant that has one. A catalogue that contradicts itself is told, too.
 */
export function resolveService(
  reference: string,
  tenant: string,
  catalogues: ReadonlyMap<string, EffectiveFeatures>,
  shares: FeatureShares,
): { readonly service: FeatureService } | UnresolvedService {
  const slash = reference.indexOf('/');
  const owner = slash < 0 ? tenant : reference.slice(0, slash);
  const name = reference.slice(slash + 1);
  const catalogue = catalogues.get(owner);
  if (owner !== tenant) {
    const refused = notShared(reference, tenant, catalogue === undefined ? null : owner, shares);
    if (refused !== null) return refused;
  }
  const file = `tenants/${owner}/features.yaml`;
  if (catalogue === undefined) {
    return problem(`feature service "${name}" cannot be found: there is no ${file}`, `Declare it in ${file}, or give inputs instead of features.`);
  }
  const items = own(catalogue.services, name);
  if (items === undefined) {
    const known = Object.keys(catalogue.services);
    const near = nearest(name, known);
    const written = near === null || owner === tenant ? near : `${owner}/${near}`;
    return problem(`feature service "${name}" is not in ${file}`, `It has ${listed(known)}.`, written);
  }
  return compose({ tenant: owner, name, items, catalogue, file });
}

/** Only what is shared is named: the services of others are not shown to guessers. */
function notShared(reference: string, tenant: string, owner: string | null, shares: FeatureShares): UnresolvedService | null {
  const [given = '', name = ''] = reference.split('/');
  if (owner !== null && own(shares.get(owner) ?? {}, name)?.includes(tenant) === true) return null;
  const open = [...shares].flatMap(([from, services]) =>
    Object.entries(services).flatMap(([service, tenants]) => (from !== tenant && tenants.includes(tenant) ? [`${from}/${service}`] : [])),
  );
  const text = `feature service "${name}" of tenant "${given}" is not shared with "${tenant}"`;
  const others = open.length === 0 ? '' : ` Shared with it: ${listed(open)}.`;
  return problem(
    text,
    `Its owner lists it in tenants/${given}/tenant.yaml: shares: {features: {${name}: [${tenant}]}}.${others}`,
    nearest(reference, open),
  );
}

interface Asked {
  readonly tenant: string;
  readonly name: string;
  readonly items: readonly string[];
  readonly catalogue: EffectiveFeatures;
  readonly file: string;
}

function compose({ tenant, name, items, catalogue, file }: Asked): { readonly service: FeatureService } | UnresolvedService {
  const keys: Record<string, EffectiveEntity['datatype']> = {};
  const fields: Record<string, EffectiveField> = {};
  const views: ServiceView[] = [];
  const wrong = (text: string, remedy: string, suggestion: string | null = null): UnresolvedService =>
    problem(`feature service "${name}" cannot be read: ${text}`, `${remedy} (${file})`, suggestion);
  for (const item of items) {
    const view = viewOf(item, catalogue);
    if ('problem' in view) return wrong(view.problem, view.remedy);
    if (views.some((other) => other.name === view.name)) return wrong(`it names view "${view.name}" twice`, 'Join the two items.');
    const known = own(keys, view.key);
    if (known !== undefined && known !== view.datatype) {
      return wrong(`key "${view.key}" is ${known} to one entity and ${view.datatype} to another`, 'Give the keys different names.');
    }
    const twice = Object.keys(view.fields).find((field) => Object.hasOwn(fields, field));
    if (twice !== undefined) return wrong(`two of its views have a field "${twice}"`, 'Take it from one of them: "view:field,field".');
    keys[view.key] = view.datatype;
    Object.assign(fields, view.fields);
    views.push(view);
  }
  const both = Object.keys(keys).find((key) => Object.hasOwn(fields, key));
  if (both !== undefined) return wrong(`"${both}" is a key and a field`, 'Rename one: both are columns of one log.');
  return { service: { tenant, name, keys, fields, views } };
}

/** `card_stats`, or `card_stats:spend_7d,country`. */
function viewOf(item: string, { views, entities }: EffectiveFeatures): ServiceView | UnresolvedService {
  const colon = item.indexOf(':');
  const name = colon < 0 ? item : item.slice(0, colon);
  const view = own(views, name);
  if (view === undefined) return problem(`view "${name}" is unknown`, hint(name, Object.keys(views), 'The views are'));
  const entity = own(entities, view.entity);
  if (entity === undefined)
    return problem(`entity "${view.entity}" of view "${name}" is unknown`, hint(view.entity, Object.keys(entities), 'The entities are'));
  const names = colon < 0 ? Object.keys(view.fields) : item.slice(colon + 1).split(',');
  const stranger = names.find((field) => own(view.fields, field) === undefined);
  if (stranger !== undefined) {
    return problem(`view "${name}" has no field "${stranger}"`, hint(stranger, Object.keys(view.fields), 'Its fields are'));
  }
  return {
    name,
    entity: view.entity,
    key: entity.key,
    datatype: entity.datatype,
    freshnessSeconds: secondsOf(view.freshness),
    ttlSeconds: secondsOf(view.ttl),
    source: view.source,
    fields: pick(view, names),
    personal: view.personal.filter((field) => names.includes(field)),
  };
}

function pick(view: EffectiveView, names: readonly string[]): ServiceView['fields'] {
  return Object.fromEntries(names.flatMap((name) => Object.entries(view.fields).filter(([field]) => field === name)));
}

function problem(text: string, remedy: string, suggestion: string | null = null): UnresolvedService {
  return { problem: text, remedy, suggestion };
}

function hint(word: string, known: readonly string[], lead: string): string {
  const near = nearest(word, known);
  return `${near === null ? '' : `Did you mean "${near}"? `}${lead} ${listed(known)}.`;
}

/** At most twenty: a list of five hundred helps nobody. */
function listed(names: readonly string[]): string {
  return names.length <= 20 ? names.join(', ') : `${names.slice(0, 20).join(', ')} and ${names.length - 20} more`;
}

/** Names come from people: `constructor` is no view. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
