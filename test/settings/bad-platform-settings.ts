import type { BadSettings } from './bad-data-settings.ts';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';

/** What the platform is told wrongly, or not at all. */
export const PLATFORM_CASES: readonly BadSettings[] = [
  {
    name: 'a platform without a domain',
    change: { gateway: { domain: null } },
    message: ['weir:gateway.domain  is missing: the platform has a way in | Name the domain that models answer below, such as models.example.com.'],
  },
  {
    name: 'a platform that anybody may call',
    change: { gateway: { jwt: null } },
    message: [
      'weir:gateway.jwt  is missing: nobody calls a model without a token | Name issuer, jwksUri and audiences of the tokens that callers carry.',
    ],
  },
  {
    name: 'a platform without images',
    change: { images: { digests: null } },
    message: [
      'weir:images.digests  is missing: the platform runs images by digest | Deploy the foundation first (weir:layers: [foundation]), push the images, and name what the push printed: docs/environments.md.',
    ],
  },
  {
    name: 'an image by its tag',
    change: { images: { digests: { weir: 'v1.2.3' } } },
    message: [
      'weir:images.digests.weir  "v1.2.3" is not a digest | Write a digest, such as sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    ],
  },
  {
    name: 'a certificate that has to be proven without a zone to prove it in',
    change: { gateway: { issuer: 'certificates@example.com' } },
    message: ['weir:gateway.issuer  cannot prove the domain: there is no zone to write to | Set weir:gateway.dnsZone, or name a certificate of ACM.'],
  },
  {
    name: 'two certificates for one domain',
    change: { gateway: { issuer: 'certificates@example.com', dnsZone: 'Z0123456789ABC', certificate: CERTIFICATE } },
    message: ['weir:gateway.issuer  is not used beside gateway.certificate | Take one of the two out.'],
  },
  {
    name: 'a certificate of another region',
    change: { gateway: { certificate: CERTIFICATE.replace('eu-west-1', 'us-east-1') } },
    message: [
      'weir:gateway.certificate  lies in us-east-1 of account 123456789012 | Name one in eu-west-1 of 123456789012: a load balancer takes no other.',
    ],
  },
  {
    name: 'the newest image of nodes, whatever it is',
    change: { pools: { ami: 'al2023@latest' } },
    message: [
      'weir:pools.ami  "al2023@latest" is not a version of Amazon Linux 2023 | Write a version of Amazon Linux 2023, such as al2023@v20260915',
    ],
  },
  {
    name: 'tenants without the platform between them and the foundation',
    change: { layers: ['foundation', 'tenants'] },
    message: ['weir:layers  foundation and tenants do not touch | Name layers that follow each other, or split them into stacks of their own.'],
  },
];
