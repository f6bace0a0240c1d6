import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { told, WORKLOADS } from '../pods/workload.ts';
import { commandOf, eachTriton, flagsOf, tritonPod } from './triton.ts';

const ARGS = ['--model-repository=/models', '--model-control-mode=explicit', '--load-model=fraud'];
const APIS = 'model-repository,trace,logging,shared-memory:admin-key=$(TRITON_ADMIN_KEY)';

const deployment = (...args: readonly string[]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'fraud-a', namespace: 'tenant-payments' },
  spec: { template: { spec: tritonPod({ args: [...ARGS, ...args] }) } },
});

/** The two ways in, each with flags of its own. */
const WAYS = [
  { name: 'HTTP', off: 'allow-http', restricts: 'http-restricted-api' },
  { name: 'gRPC', off: 'allow-grpc', restricts: 'grpc-restricted-protocol' },
] as const;

export const tritonRestrictedApi: ResourceRule = {
  kind: 'resource',
  id: 'triton-restricted-api',
  title: 'only who has a key may load models into a Triton or look into it',
  reason:
    'Whoever may ask for an answer could have this Triton load a model too, and a Python model is code: the inference port would be a way to run anything.',
  remedy:
    'Weir restricts it by itself; add --http-restricted-api and --grpc-restricted-protocol with model-repository,trace,logging,shared-memory and a key from a Secret.',
  severity: 'high',
  ids: [],
  scope: 'any',
  params: {
    apis: { description: 'Interfaces that ask for a key.', default: ['model-repository', 'trace', 'logging', 'shared-memory'] },
  },
  on: WORKLOADS,
  check: (workload, { params: { apis } }, resource) =>
    eachTriton(workload, resource, (container) => {
      // in the other modes Triton refuses to load on demand
      if (!flagsOf(commandOf(container), 'model-control-mode').includes('explicit')) return [];
      return WAYS.flatMap((way) => open(container, way, Array.isArray(apis) ? apis : []));
    }),
  pass: [{ props: deployment(`--http-restricted-api=${APIS}`, `--grpc-restricted-protocol=${APIS}`) }],
  fail: [{ props: deployment(`--http-restricted-api=${APIS}`) }],
};

/** What of one way in asks for no key, or for one that everybody can read. */
function open(container: Reader, { name, off, restricts }: (typeof WAYS)[number], wanted: readonly string[]): readonly Problem[] {
  const command = commandOf(container);
  if (flagsOf(command, off).some((value) => /^(false|0)$/i.test(value))) return [];
  const given = flagsOf(command, restricts).map((flag) => /^([^:]*):[^=]*=?(.*)$/.exec(flag) ?? []);
  const restricted = given.flatMap(([, apis = '']) => apis.split(','));
  const missing = wanted.filter((api) => !restricted.includes(api));
  const isClear = given.some(([, , key = '']) => key !== '' && !key.startsWith('$'));
  return [
    ...(missing.length === 0 ? [] : [container.problem('args', `asks nobody for a key to ${missing.join(', ')} of ${told(container)} over ${name}`)]),
    ...(isClear ? [container.problem('args', `spells out the key of ${told(container)} for ${name}`)] : []),
  ];
}
