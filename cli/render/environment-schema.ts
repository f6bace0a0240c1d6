import type { JsonSchema } from '../../runtime/model/schema-types.ts';

const text = (title: string, example: string, pattern = '^\\S{1,500}$', description = 'A word without blanks'): JsonSchema => ({
  title,
  description,
  type: 'string',
  pattern,
  examples: [example],
});

const name = (title: string, example: string): JsonSchema =>
  text(title, example, '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$', 'Lower-case letters, digits and dashes');

const image = (example: string): JsonSchema =>
  text('an image by digest', example, '^\\S+@sha256:[0-9a-f]{64}$', 'A repository and @sha256: with 64 hexadecimal digits; tags move');

/** All of them: a value that was forgotten must not be an example's. */
function section(title: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { title, type: 'object', additionalProperties: false, properties, required: Object.keys(properties), examples: ['{…}'] };
}

const IMAGE = `registry.example.com/weir@sha256:${'4be1'.repeat(16)}`;

/** `RenderEnvironment` as a file: what the platform around the models is called, for `weir render` and `weir diff`. */
export const ENVIRONMENT_SCHEMA: JsonSchema = section('an environment', {
  domain: text('a domain', 'models.example.com', '^[a-z0-9.-]{1,200}$', 'Lower-case letters, digits, dashes and dots'),
  gateway: section('a gateway', { name: name('a name', 'weir'), namespace: name('a namespace', 'weir-gateway') }),
  images: section('images', { weir: image(IMAGE), triton: image(IMAGE), vllm: image(IMAGE) }),
  region: text('a region', 'eu-west-1'),
  servingBucket: text('the name of a bucket', 'example-weir-serving'),
  kafka: text('bootstrap addresses', 'kafka-1.example.com:9098,kafka-2.example.com:9098'),
  prometheus: text('a URL', 'http://prometheus-operated.monitoring:9090', '^https?://\\S{1,500}$', 'An HTTP address'),
  featureServer: text('a URL', 'http://feast.weir-features:6566', '^https?://\\S{1,500}$', 'An HTTP address'),
  namespaces: section('namespaces', {
    gateway: name('a namespace', 'weir-gateway'),
    monitoring: name('a namespace', 'monitoring'),
    runtime: name('a namespace', 'weir-system'),
  }),
  egressCidrs: {
    title: 'a list of address ranges',
    description: 'The VPC, and the prefix list of S3 in its region: a gateway endpoint routes the public addresses of S3',
    type: 'array',
    items: text('an address range', '10.20.0.0/16', '^[0-9a-fA-F.:]+/[0-9]{1,3}$', 'An address and the length of its prefix'),
    examples: ['[10.20.0.0/16]'],
  },
  zones: { title: 'a number of zones', type: 'integer', minimum: 1, maximum: 6, examples: [3] },
});
