import { type FeatureService, resolveService } from '../../features/catalogue.ts';
import { secondsOf } from '../duration.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { listed, unknownName } from './names.ts';
import { from } from './subject.ts';
import { isWrong, type Placed, placeText } from './world.ts';

/** The service that a model reads, and what the model says about it. */
export function checkFeatures({ loaded, world, tenant }: Placed): readonly Finding[] {
  const { features, tenant: name } = loaded.model;
  if (features === undefined) return [];
  const slash = features.service.indexOf('/');
  const owner = slash < 0 ? name : features.service.slice(0, slash);
  const found = resolveService(features.service, name, world.catalogues, world.shares);
  if ('service' in found) return checkUse({ loaded, world, tenant }, found.service);
  const service = features.service.slice(slash + 1);
  const declared = Object.hasOwn(world.catalogues.get(owner)?.services ?? {}, service);
  const shares = world.shares.get(owner) ?? {};
  const mayRead = owner === name || (Object.hasOwn(shares, service) && shares[service]?.includes(name) === true);
  const told = (declared && mayRead) || isWrong(world, owner, 'features.yaml') || (owner !== name && isWrong(world, owner, 'tenant.yaml'));
  if (told) return []; // the catalogue contradicts itself, which is told where it stands
  const { problem, remedy, suggestion } = found;
  const finding = atValue(['features', 'service'], problem, remedy);
  return [suggestion === null ? finding : { ...finding, suggestion }];
}

function checkUse({ loaded, world }: Placed, service: FeatureService): readonly Finding[] {
  const { features } = loaded.model;
  if (features === undefined) return [];
  const owner = world.tenants.get(service.tenant);
  const { freshness } = features;
  const findings: Finding[] = [];
  for (const view of service.views) {
    if (freshness === undefined || secondsOf(freshness) >= view.freshnessSeconds) continue;
    const place = owner === undefined ? '' : `, ${placeText(owner.locateFeatures(atValue(['views', view.name, 'freshness'], '', '')))}`;
    const promised = owner?.features?.views[view.name]?.freshness ?? `${view.freshnessSeconds}s`;
    findings.push(
      atValue(
        ['features', 'freshness'],
        `${freshness} is tighter than what view "${view.name}" promises (${promised}${place})`,
        'Somebody would be paged all day: raise it, or leave it out.',
      ),
    );
  }
  return [...findings, ...checkPersonal(loaded, service), ...checkCopies(loaded, service)];
}

function checkPersonal(loaded: Placed['loaded'], service: FeatureService): readonly Finding[] {
  const fields = loaded.model.features?.fields ?? {};
  return service.views
    .flatMap(({ personal }) => personal)
    .flatMap((name): readonly Finding[] => {
      if (!Object.hasOwn(fields, name) || fields[name]?.log !== 'full') return [];
      const place: Path = ['features', 'fields', name, 'log'];
      return [atValue(place, `"${name}" says something about a person, and is logged in full${from(loaded, place)}`, 'Use hash or drop.')];
    });
}

/** Fields that the file repeats must be the catalogue's. */
function checkCopies(loaded: Placed['loaded'], service: FeatureService): readonly Finding[] {
  const fields = loaded.model.features?.fields ?? {};
  const path: Path = ['features', 'fields'];
  const names = Object.keys(service.fields);
  const missing = names.filter((name) => !Object.hasOwn(fields, name));
  const own = Object.entries(fields).flatMap(([name, field]): readonly Finding[] => {
    const known = Object.hasOwn(service.fields, name) ? service.fields[name] : undefined;
    if (known === undefined) return [unknownName([...path, name], name, `a field of service "${service.name}"`, names, 'key')];
    const differs = (['kind', 'datatype', 'shape'] as const).find((key) => field[key] !== known[key]);
    if (differs === undefined) return [];
    return [
      atValue(
        [...path, name, differs],
        `${differs} ${field[differs]}, and the catalogue says ${known[differs]}`,
        'Leave fields out: they are filled in from features.yaml.',
      ),
    ];
  });
  if (missing.length === 0) return own;
  return [...own, atKey(path, `lacks ${listed(missing)} of service "${service.name}"`, 'Leave fields out: they are filled in from features.yaml.')];
}
