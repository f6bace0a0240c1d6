import { atValue, type Finding, type Path } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import type { EffectivePool } from '../tenant-file.ts';
import { bytesOf } from './quantity.ts';
import { isLocal, offerOf, type World } from './world.ts';

/** The shared pools of each tenant's file: against themselves, and against what the environment offers. */
export function checkPools(world: World): readonly Problem[] {
  return world.folder.tenants.flatMap((loaded) =>
    Object.entries(loaded.tenant?.pools ?? {}).flatMap(([name, pool]) =>
      [...checkPool(pool, ['pools', name]), ...checkOffer(world, pool, ['pools', name])].map((finding) => loaded.locateTenant(finding)),
    ),
  );
}

function checkPool({ min, max, gpu, accelerator, resources }: EffectivePool, path: Path): readonly Finding[] {
  const findings: Finding[] = [];
  if (min > max) findings.push(atValue([...path, 'min'], `min ${min} is above max ${max}`, 'Raise max, or give a lower min.'));
  if (gpu === 'none' && accelerator !== undefined) {
    findings.push(atValue([...path, 'accelerator'], `${accelerator}, and the pool is on CPU`, 'Use gpu: whole, or leave the accelerator out.'));
  }
  if (bytesOf(resources.sharedMemory) >= bytesOf(resources.memory)) {
    const problem = `shared memory ${resources.sharedMemory} leaves nothing of memory ${resources.memory}`;
    findings.push(atValue([...path, 'resources', 'memory'], problem, 'It counts against memory: raise memory, or lower sharedMemory.'));
  }
  return findings;
}

function checkOffer({ profile }: World, { accelerator }: EffectivePool, path: Path): readonly Finding[] {
  if (isLocal({ profile }) || accelerator === undefined || profile.accelerators.includes(accelerator)) return [];
  return [atValue([...path, 'accelerator'], `profile ${profile.name} has no ${accelerator} for inference`, offerOf(profile))];
}
