import { secondsOf } from '../duration.ts';
import type { EffectiveFeatures } from '../features-file.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import { checkDatatype } from './fields.ts';
import { unknownName } from './names.ts';
import type { World } from './world.ts';

/** Each `features.yaml` against itself. */
export function checkCatalogues({ folder }: World): readonly Problem[] {
  return folder.tenants.flatMap((loaded) =>
    loaded.features === null ? [] : checkCatalogue(loaded.features).map((finding) => loaded.locateFeatures(finding)),
  );
}

export function checkCatalogue(features: EffectiveFeatures): readonly Finding[] {
  return [
    ...Object.keys(features.views).flatMap((name) => checkView(features, name)),
    ...Object.entries(features.services).flatMap(([name, items]) => checkService(features, name, items)),
  ];
}

function checkView({ views, entities }: EffectiveFeatures, name: string): readonly Finding[] {
  const view = views[name];
  if (view === undefined) return [];
  const path: Path = ['views', name];
  const fields = Object.keys(view.fields);
  const findings: Finding[] = [];
  if (!Object.hasOwn(entities, view.entity)) {
    findings.push(unknownName([...path, 'entity'], view.entity, 'an entity', Object.keys(entities)));
  }
  if (secondsOf(view.freshness) === 0) {
    findings.push(atValue([...path, 'freshness'], `${view.freshness} is no time`, 'Give a duration above 0, such as 15m'));
  }
  if (secondsOf(view.ttl) < secondsOf(view.freshness)) {
    findings.push(
      atValue(
        [...path, 'ttl'],
        `a row is absent after ${view.ttl}, before it is late (freshness ${view.freshness})`,
        'Raise ttl, or lower freshness.',
      ),
    );
  }
  if (view.source.table === undefined && view.source.file === undefined) {
    findings.push(atKey([...path, 'source'], 'names no table and no file', `Add table: ${name}`));
  }
  const strangers = view.personal.flatMap((field, index) =>
    fields.includes(field) ? [] : [unknownName([...path, 'personal', index], field, 'a field of this view', fields)],
  );
  const types = Object.entries(view.fields).flatMap(([field, { kind, datatype, shape }]) =>
    checkDatatype({ kind, datatype, shape }, [...path, 'fields', field]),
  );
  return [...findings, ...strangers, ...types];
}

function checkService({ views, entities }: EffectiveFeatures, name: string, items: readonly string[]): readonly Finding[] {
  const columns = new Map<string, string>();
  const keys = new Map<string, string>();
  const used = new Set<string>();
  return items.flatMap((item, index): readonly Finding[] => {
    const path: Path = ['services', name, index];
    const [viewName = '', list] = item.split(':');
    const view = Object.hasOwn(views, viewName) ? views[viewName] : undefined;
    if (view === undefined) return [unknownName(path, viewName, 'a view', Object.keys(views))];
    if (used.has(viewName)) return [atValue(path, `view "${viewName}" is named twice`, 'Join the two items.')];
    used.add(viewName);
    const known = Object.keys(view.fields);
    const fields = list === undefined ? known : list.split(',');
    const strangers = fields
      .filter((field) => !known.includes(field))
      .map((field) => unknownName(path, field, `a field of view "${viewName}"`, known));
    const entity = Object.hasOwn(entities, view.entity) ? entities[view.entity] : undefined;
    return [...strangers, ...takeColumns(path, viewName, fields, columns), ...takeKey(path, entity, keys, columns)];
  });
}

function takeColumns(path: Path, view: string, fields: readonly string[], columns: Map<string, string>): readonly Finding[] {
  return fields.flatMap((field): readonly Finding[] => {
    const other = columns.get(field);
    columns.set(field, view);
    return other === undefined
      ? []
      : [atValue(path, `views "${other}" and "${view}" both have a field "${field}"`, 'Take it from one of them: "view:field,field".')];
  });
}

type Entity = EffectiveFeatures['entities'][string] | undefined;

function takeKey(path: Path, entity: Entity, keys: Map<string, string>, columns: ReadonlyMap<string, string>): readonly Finding[] {
  if (entity === undefined) return [];
  const other = keys.get(entity.key);
  keys.set(entity.key, entity.datatype);
  if (other !== undefined && other !== entity.datatype) {
    return [atValue(path, `key "${entity.key}" is ${other} to one entity and ${entity.datatype} to another`, 'Give the keys different names.')];
  }
  return columns.has(entity.key) ? [atValue(path, `"${entity.key}" is a key and a field`, 'Rename one: both are columns of one log.')] : [];
}
