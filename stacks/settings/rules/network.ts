import { privateDoorsOf, publicEndpointOf } from '../../../components/cluster/endpoint.ts';
import { planNetwork } from '../../../components/network/plan.ts';
import { ArgsError } from '../../../runtime/errors.ts';
import { atValue, type Finding } from '../../../runtime/model/read/locate.ts';
import { clusterNameOf } from '../derived.ts';
import type { Settings } from '../settings-file.ts';
import { type Rule, when } from './rule.ts';

/** Rules on the network, the ways into it and out of it. */
export const NETWORK_RULES: readonly Rule[] = [zonesOfTheRegion, rangesOfTheNetwork, privateNetworkHasDoors, openEndpoint, credentialsOfRegistries];

function zonesOfTheRegion({ region, network }: Settings): readonly Finding[] {
  const others = network.zones.flatMap((zone, index) =>
    when(zone.slice(0, -1) !== region, () =>
      atValue(['network', 'zones', index], `"${zone}" is no zone of ${region}`, `Name zones such as ${region}a.`),
    ),
  );
  const twice = network.zones.length !== new Set(network.zones).size;
  return [
    ...others,
    ...when(twice, () => atValue(['network', 'zones'], `"${network.zones.join(', ')}" names a zone twice`, 'Name two or three different zones.')),
  ];
}

/** The component's own plan says what it refuses; an existing VPC brings its ranges. */
function rangesOfTheNetwork(settings: Settings): readonly Finding[] {
  const { existing, network, region, partition, account } = settings;
  if (existing?.vpc !== undefined) return [];
  try {
    planNetwork({ region, partition, account, cidr: network.cidr, zones: network.zones, clusterName: clusterNameOf(settings) });
    return [];
  } catch (error) {
    if (!(error instanceof ArgsError) || error.path !== 'network.cidr') return []; // zones have a rule of their own
    return [atValue(['network', 'cidr'], error.problem, error.remedy)];
  }
}

function privateNetworkHasDoors({ network, images }: Settings): readonly Finding[] {
  if (network.nat !== 'none') return [];
  return [
    ...when(network.interfaceEndpoints !== 'full', () =>
      atValue(
        ['network', 'nat'],
        `none leaves nodes without a way to AWS: interfaceEndpoints is ${network.interfaceEndpoints}`,
        'Set network.interfaceEndpoints to full.',
      ),
    ),
    ...when(images.pullThrough.length === 0, () =>
      atValue(
        ['network', 'nat'],
        'none cannot reach a public registry, and images.pullThrough is empty',
        'Name the registries that come through ECR, such as ecrPublic, kubernetes and quay.',
      ),
    ),
  ];
}

function openEndpoint({ cluster, profile }: Settings): readonly Finding[] {
  const { publicCidrs, privateCidrs } = cluster;
  const refused = [...refusedRanges('publicCidrs', publicCidrs, publicEndpointOf), ...refusedRanges('privateCidrs', privateCidrs, privateDoorsOf)];
  const inProd = when(profile === 'prod' && cluster.publicCidrs.length > 0, () =>
    atValue(['cluster', 'publicCidrs'], 'the endpoint of prod is private alone', 'Take the ranges out, and reach the cluster through the VPC.'),
  );
  return [...refused, ...inProd];
}

/** The component's own check, range by range. */
function refusedRanges(key: 'publicCidrs' | 'privateCidrs', cidrs: readonly string[], check: (cidrs: readonly string[]) => unknown) {
  return cidrs.flatMap((cidr, index): readonly Finding[] => {
    try {
      check([cidr]);
      return [];
    } catch (error) {
      if (!(error instanceof ArgsError)) throw error;
      return [atValue(['cluster', key, index], error.problem, error.remedy)];
    }
  });
}

/** ECR signs in to these two; it has nothing to sign in with otherwise. */
function credentialsOfRegistries({ images, registryCredentials }: Settings): readonly Finding[] {
  return (['dockerHub', 'github'] as const).flatMap((registry) => {
    const given = registryCredentials?.[registry] !== undefined;
    const wanted = images.pullThrough.includes(registry);
    const set = `pulumi config set --secret --path weir:registryCredentials.${registry}.username …`;
    return [
      ...when(wanted && !given, () =>
        atValue(['images', 'pullThrough'], `${registry} needs a user`, `Run \`${set}\`, and the same for accessToken.`),
      ),
      ...when(given && !wanted, () =>
        atValue(['registryCredentials', registry], 'is not used', `Add ${registry} to images.pullThrough, or take the secret out.`),
      ),
    ];
  });
}
