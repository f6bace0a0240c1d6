import { atValue, type Finding } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import { unknownName } from './names.ts';
import type { Placed, World } from './world.ts';

/** What one tenant offers to another: both must be there, and so must the service. */
export function checkShares({ folder, tenants }: World): readonly Problem[] {
  const names = [...tenants.keys()];
  return folder.tenants.flatMap((loaded): readonly Problem[] => {
    const { tenant, features, name } = loaded;
    if (tenant === null) return [];
    const others = names.filter((other) => other !== name);
    const readers = (['features', 'models'] as const).flatMap((kind) =>
      Object.entries(tenant.shares[kind]).flatMap(([shared, list]) =>
        list.flatMap((reader, index) =>
          others.includes(reader) ? [] : [unknownName(['shares', kind, shared, index], reader, 'another tenant', others)],
        ),
      ),
    );
    const services = Object.keys(features?.services ?? {});
    const unknown = Object.keys(tenant.shares.features)
      .filter((service) => features !== null && !services.includes(service))
      .map((service) => unknownName(['shares', 'features', service], service, `a service of ${loaded.path}/features.yaml`, services, 'key'));
    return [...readers, ...unknown].map((finding) => loaded.locateTenant(finding));
  });
}

/** A registered model of another tenant is served only by those whom its owner names. */
export function checkSharedModel({ loaded, world }: Placed): readonly Finding[] {
  const { registry, tenant } = loaded.model;
  const slash = registry.model.indexOf('/');
  const owner = registry.model.slice(0, Math.max(0, slash));
  const name = registry.model.slice(slash + 1);
  if (slash < 0 || owner === tenant) return [];
  const place = ['registry', 'model'];
  const found = world.tenants.get(owner);
  if (found === undefined) {
    const { suggestion, ...finding } = unknownName(place, owner, 'a tenant', [...world.tenants.keys()]);
    return [suggestion === undefined ? finding : { ...finding, suggestion: `${suggestion}/${name}` }];
  }
  if (found.tenant === null) return []; // its file is wrong, which is told
  const { models } = found.tenant.shares;
  if (Object.hasOwn(models, name) && models[name]?.includes(tenant) === true) return [];
  const problem = `registered model "${name}" of tenant "${owner}" is not shared with "${tenant}"`;
  return [atValue(place, problem, `Its owner lists it in ${found.path}/tenant.yaml: shares: {models: {${name}: [${tenant}]}}`)];
}
