import { atValue, type Finding } from '../../../runtime/model/read/locate.ts';
import type { Settings } from '../settings-file.ts';
import { type Rule, when } from './rule.ts';

/** Rules on what the platform needs to be told; a stack that builds none of it is not asked. */
export const PLATFORM_RULES: readonly Rule[] = [
  onlyWithAPlatform(wayInIsNamed),
  onlyWithAPlatform(imagesAreNamed),
  onlyWithAPlatform(certificateHasAZone),
  onlyWithAPlatform(certificateOfTheRegion),
  poolsFitTheCluster,
];

function onlyWithAPlatform(rule: Rule): Rule {
  return (settings) => (settings.layers.includes('platform') ? rule(settings) : []);
}

function wayInIsNamed({ gateway }: Settings): readonly Finding[] {
  return [
    ...when(gateway.domain === undefined, () =>
      atValue(
        ['gateway', 'domain'],
        'is missing: the platform has a way in',
        'Name the domain that models answer below, such as models.example.com.',
      ),
    ),
    ...when(gateway.jwt === undefined, () =>
      atValue(
        ['gateway', 'jwt'],
        'is missing: nobody calls a model without a token',
        'Name issuer, jwksUri and audiences of the tokens that callers carry.',
      ),
    ),
  ];
}

function imagesAreNamed({ images }: Settings): readonly Finding[] {
  return when(images.digests === undefined, () =>
    atValue(
      ['images', 'digests'],
      'is missing: the platform runs images by digest',
      'Deploy the foundation first (weir:layers: [foundation]), push the images, and name what the push printed: docs/environments.md.',
    ),
  );
}

function certificateHasAZone({ gateway }: Settings): readonly Finding[] {
  const { issuer, certificate, dnsZone } = gateway;
  return [
    ...when(issuer !== undefined && dnsZone === undefined, () =>
      atValue(
        ['gateway', 'issuer'],
        'cannot prove the domain: there is no zone to write to',
        'Set weir:gateway.dnsZone, or name a certificate of ACM.',
      ),
    ),
    ...when(issuer !== undefined && certificate !== undefined, () =>
      atValue(['gateway', 'issuer'], 'is not used beside gateway.certificate', 'Take one of the two out.'),
    ),
  ];
}

function certificateOfTheRegion({ gateway: { certificate }, region, account, partition }: Settings): readonly Finding[] {
  if (certificate === undefined) return [];
  const [, part, , where, owner] = certificate.split(':');
  return when(part !== partition || where !== region || owner !== account, () =>
    atValue(
      ['gateway', 'certificate'],
      `lies in ${where} of account ${owner}`,
      `Name one in ${region} of ${account}: a load balancer takes no other.`,
    ),
  );
}

function poolsFitTheCluster({ karpenter, existing }: Settings): readonly Finding[] {
  return when(karpenter === 'on' && existing?.cluster !== undefined, () =>
    atValue(['karpenter'], 'is on in a cluster that another team owns', 'Take it out: nodes are started by the owner of the cluster.'),
  );
}
