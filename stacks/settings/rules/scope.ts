import { atValue, type Finding } from '../../../runtime/model/read/locate.ts';
import { LAYERS } from '../../topics.ts';
import type { Settings } from '../settings-file.ts';
import { type Rule, when } from './rule.ts';

/** Rules on what a stack builds, where, and what it relies on. */
export const SCOPE_RULES: readonly Rule[] = [
  layersAreConnected,
  upstreamIsNeeded,
  stackCanName,
  partitionOfTheRegion,
  arnsOfTheAccount,
  existingOfAFoundation,
  existingBelongsTogether,
];

function layersAreConnected({ layers }: Settings): readonly Finding[] {
  const positions = LAYERS.flatMap((layer, index) => (layers.includes(layer) ? [index] : []));
  const gap = positions.some((position, index) => index > 0 && position !== (positions[index - 1] ?? 0) + 1);
  return when(gap, () =>
    atValue(['layers'], `${layers.join(' and ')} do not touch`, 'Name layers that follow each other, or split them into stacks of their own.'),
  );
}

function upstreamIsNeeded({ layers, upstream }: Settings): readonly Finding[] {
  const bottom = layers.includes('foundation');
  return [
    ...when(!bottom && upstream === undefined, () =>
      atValue(['upstream'], 'is missing: this stack does not build the foundation', 'Name the stack that does, such as prod.'),
    ),
    ...when(bottom && upstream !== undefined, () =>
      atValue(
        ['upstream'],
        `"${upstream}" is not used: this stack builds the foundation itself`,
        'Take it out, or take foundation out of weir:layers.',
      ),
    ),
  ];
}

/** `environment` of a file is checked by its schema; a name that comes from the stack is not. */
function stackCanName({ environment }: Settings): readonly Finding[] {
  const fits = environment.length <= 20 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(environment);
  return when(!fits, () =>
    atValue(
      ['environment'],
      `the stack's name, "${environment}", cannot begin the names of everything`,
      'Set weir:environment to at most 20 lower-case letters, digits and hyphens, such as prod.',
    ),
  );
}

function partitionOfTheRegion({ region, partition }: Settings): readonly Finding[] {
  const right = partitionOf(region);
  return when(partition !== right, () =>
    atValue(['region'], `partition ${partition} has no region ${region}`, `Set weir:partition to ${right}, or use another region.`),
  );
}

/** Of a region, by its name. */
export const partitionOf = (region: string): Settings['partition'] =>
  region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws';

/** Every ARN in a setting names its partition; keys name region and account too. */
function arnsOfTheAccount({ access, existing, partition, region, account }: Settings): readonly Finding[] {
  const roles = [
    { path: ['access', 'deploy'], arn: access.deploy },
    ...listed('breakGlass', access.breakGlass),
    ...listed('readers', access.readers),
  ];
  const seen = new Map<string, string>();
  const wrongRoles = roles.flatMap(({ path, arn }) => {
    const before = seen.get(arn);
    seen.set(arn, path.join('.'));
    return [
      ...when(arn.split(':')[1] !== partition, () =>
        atValue(path, `"${arn}" lies in partition ${arn.split(':')[1]}, not ${partition}`, 'Name a role of this partition.'),
      ),
      ...when(before !== undefined, () =>
        atValue(path, `"${arn}" enters twice: it is access.${before?.replace('access.', '')} too`, 'EKS takes one entry for a role: name it once.'),
      ),
    ];
  });
  const wrongKeys = Object.entries(existing?.keys ?? {}).flatMap(([purpose, arn]) => {
    const [, , , keyRegion, keyAccount] = arn.split(':');
    return when(keyRegion !== region || keyAccount !== account, () =>
      atValue(
        ['existing', 'keys', purpose],
        `the key lies in ${keyRegion} of account ${keyAccount}`,
        `Name one in ${region} of ${account}: services use keys of their own region.`,
      ),
    );
  });
  const strange = access.deploy.split(':')[4];
  const wrongDeployer = when(strange !== account, () =>
    atValue(
      ['access', 'deploy'],
      `the role lies in account ${strange}, and weir:account is ${account}`,
      'Name the role of this account that runs pulumi up: credentials of any other account are refused.',
    ),
  );
  return [...wrongRoles, ...wrongDeployer, ...wrongKeys];
}

const listed = (kind: 'breakGlass' | 'readers', arns: readonly string[]) => arns.map((arn, index) => ({ path: ['access', kind, index], arn }));

function existingOfAFoundation({ existing, layers }: Settings): readonly Finding[] {
  return when(existing !== undefined && !layers.includes('foundation'), () =>
    atValue(['existing'], 'is not used: the foundation comes from the upstream stack', 'Move it to the settings of that stack.'),
  );
}

function existingBelongsTogether({ existing, network }: Settings): readonly Finding[] {
  if (existing?.cluster !== undefined && existing.vpc === undefined) {
    return [atValue(['existing', 'cluster'], 'lies in a VPC that is not named', 'Name existing.vpc: a cluster cannot join a new one.')];
  }
  const { id: _, ...subnets } = existing?.vpc ?? { id: '' };
  return Object.entries(subnets).flatMap(([role, byZone]) => {
    const given = Object.keys(byZone).sort().join(', ');
    const wanted = [...network.zones].sort().join(', ');
    return when(given !== wanted, () =>
      atValue(['existing', 'vpc', role], `has subnets in ${given}, and network.zones are ${wanted}`, 'Name one subnet for each zone.'),
    );
  });
}
