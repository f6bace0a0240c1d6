import { atValue, type Finding } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import { isLocal, isWrong, type Placed, type World } from './world.ts';

/** A model is found by the name of its file: people and plans look there. */
export function checkFileName({ loaded }: Placed): readonly Finding[] {
  const { model } = loaded.model;
  const file = /([^/\\]*)$/.exec(loaded.path)?.[1] ?? '';
  if (file === `${model}.yaml`) return [];
  return [
    atValue(['model'], `"${model}" in a file of another name (${file})`, `Name the file ${model}.yaml, or the model ${file.replace(/\.yaml$/, '')}.`),
  ];
}

/** Each folder with models has a tenant file that says its name. One machine needs none. */
export function checkTenants(world: World): readonly Problem[] {
  return world.folder.tenants.flatMap((loaded): readonly Problem[] => {
    const { name, path, tenant } = loaded;
    if (tenant !== null) {
      if (tenant.tenant === name) return checkPeople(world, loaded);
      const finding = atValue(
        ['tenant'],
        `"${tenant.tenant}" in a folder of another name (${name})`,
        `Name the folder ${tenant.tenant}, or the tenant ${name}.`,
      );
      return [loaded.locateTenant(finding)];
    }
    const file = `${path}/tenant.yaml`;
    const owned = (world.models.get(name) ?? []).length > 0;
    if (isWrong(world, name, 'tenant.yaml') || !owned || isLocal(world)) return [];
    const problem = `tenant "${name}" has models and no tenant file`;
    return [{ file, line: 1, column: 1, path: '', problem, remedy: `Write one: weir init tenant ${name}`, suggestion: null, source: null }];
  });
}

/** Somebody of the tenant must at least see what its models do. */
function checkPeople(world: World, loaded: World['folder']['tenants'][number]): readonly Problem[] {
  const { tenant } = loaded;
  if (tenant === null || isLocal(world) || tenant.groups.operators.length + tenant.groups.developers.length > 0) return [];
  const problem = 'names no developers and no operators: nobody could look after its models';
  return [
    loaded.locateTenant({ path: ['groups'], at: 'key', problem, remedy: 'Add operators: [payments-oncall], who may stop a rollout, or developers.' }),
  ];
}
