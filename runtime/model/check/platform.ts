import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { listed, unknownName } from './names.ts';
import { from, ownFirst } from './subject.ts';
import { isLocal, isWrong, offerOf, type Placed } from './world.ts';

/** Most GPUs of one node: the inference pools take instances with fewer than five (30-platform, 2.3). */
const NODE_GPUS = 4;

/** What a model asks of its tenant and of the environment: pools, GPUs, trust. */
export function checkPlatform(placed: Placed): readonly Finding[] {
  return [...checkTrust(placed), ...(isLocal(placed.world) ? [] : [...checkPool(placed), ...checkGpus(placed)])];
}

function checkTrust({ loaded, tenant, world }: Placed): readonly Finding[] {
  const { model, tenant: name, serving, rollout, route } = loaded.model;
  const findings: Finding[] = [];
  const isTrusted = isLocal(world) || isWrong(world, name, 'tenant.yaml') || tenant?.tenant.trusted.presets.includes('local') === true;
  if (rollout.preset === 'local' && !isTrusted) {
    const place: Path = ['rollout', 'preset'];
    findings.push(atValue(place, `"local" is for one machine${from(loaded, place)}, not for profile ${world.profile.name}`, 'Use standard.'));
  }
  if (tenant === null) return findings;
  const { pythonBackend, hosts } = tenant.tenant.trusted;
  const file = `${tenant.path}/tenant.yaml`;
  if (serving.backend === 'python' && !pythonBackend.includes(model)) {
    const place: Path = ['serving', 'backend'];
    const problem = `python runs code in the server${from(loaded, place)}, and ${file} does not trust this model with it`;
    findings.push(atValue(place, problem, `The platform team adds ${model} to trusted.pythonBackend, or use onnxruntime.`));
  }
  const { host } = route;
  if (host !== undefined && !host.startsWith(`${name}.`) && !hosts.some((known) => covers(known, host))) {
    const known = hosts.length === 0 ? 'none yet' : listed(hosts);
    const remedy = `The platform team adds it to trusted.hosts of ${file} (${known}).`;
    findings.push(atValue(['route', 'host'], `"${host}" is not a host of this tenant`, remedy));
  }
  return findings;
}

/** `*.example.com` covers one more label, as a certificate does. */
function covers(known: string, host: string): boolean {
  return known === host || (known.startsWith('*.') && host.slice(host.indexOf('.') + 1) === known.slice(2));
}

function checkPool({ loaded, tenant }: Placed): readonly Finding[] {
  const { serving } = loaded.model;
  if (serving.mode !== 'shared' || tenant === null) return [];
  const name = serving.pool ?? 'default';
  const place: Path = ['serving', 'pool'];
  const { pools } = tenant.tenant;
  const pool = Object.hasOwn(pools, name) ? pools[name] : undefined;
  if (pool === undefined) {
    const finding = unknownName(place, name, `a pool of tenant ${loaded.model.tenant}`, Object.keys(pools));
    const remedy = `Declare it in ${tenant.path}/tenant.yaml: pools: {${name}: {max: 2}}`;
    return [finding.suggestion === undefined ? { ...finding, remedy } : finding];
  }
  if (serving.gpu === 'fraction' && pool.gpu === 'none') {
    return [
      atValue(
        ownFirst(loaded, ['serving', 'gpu'], place),
        `a fraction of a GPU, and pool "${name}" is on CPU`,
        'Choose another pool, or gpu: none with mode: shared.',
      ),
    ];
  }
  const built = serving.accelerator;
  if (built === undefined || pool.accelerator === undefined || built === pool.accelerator) return [];
  return [
    atValue(['serving', 'accelerator'], `${built}, and pool "${name}" has ${pool.accelerator}`, 'Choose another pool, or leave the accelerator out.'),
  ];
}

function checkGpus({ loaded, world }: Placed): readonly Finding[] {
  const { accelerator, gpu, gpus = 1 } = loaded.model.serving;
  const { profile } = world;
  const findings: Finding[] = [];
  if (gpu !== 'none' && accelerator !== undefined && !profile.accelerators.includes(accelerator)) {
    const place: Path = ['serving', 'accelerator'];
    findings.push(atValue(place, `profile ${profile.name} has no ${accelerator} for inference${from(loaded, place)}`, offerOf(profile)));
  }
  if (gpu === 'whole' && gpus > NODE_GPUS) {
    const place = ownFirst(loaded, ['serving', 'gpus'], ['llm', 'tensorParallel']);
    findings.push(atKey(place, `${gpus} GPUs for one replica: no node for inference has more than ${NODE_GPUS}`, `Use ${NODE_GPUS} at most.`));
  }
  return findings;
}
