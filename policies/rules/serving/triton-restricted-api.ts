import { NEW_OR_CHANGED, PODS } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { told, WORKLOADS } from '../pods/workload.ts';
import { commandOf, eachTriton, exampleTriton, flagsOf, hasFlag, TRITONS } from './triton.ts';

const ARGS = ['--model-repository=/models', '--model-control-mode=explicit', '--load-model=fraud'];
const APIS = 'model-repository,trace,logging,shared-memory:admin-key=$(TRITON_ADMIN_KEY)';

const deployment = (...args: readonly string[]) => exampleTriton({ args: [...ARGS, ...args] });

/** The two ways in, each with flags of its own. */
const WAYS = [
  { name: 'HTTP', off: 'allow-http', restricts: 'http-restricted-api' },
  { name: 'gRPC', off: 'allow-grpc', restricts: 'grpc-restricted-protocol' },
] as const;

const RESTRICTED = ['model-repository', 'trace', 'logging', 'shared-memory'] as const;

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
    apis: { description: 'Interfaces that ask for a key.', default: RESTRICTED },
  },
  on: WORKLOADS,
  check: (workload, { params: { apis } }, resource) =>
    eachTriton(workload, resource, (container) => {
      // in the other modes Triton refuses to load on demand
      if (!flagsOf(commandOf(container), 'model-control-mode').includes('explicit')) return [];
      return WAYS.flatMap((way) => open(container, way, Array.isArray(apis) ? apis : []));
    }),
  admission: {
    scopes: ['tenants'],
    kinds: PODS,
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      ...TRITONS,
      loading: `variables.tritons.filter(t, ${hasFlag('model-control-mode', 'explicit')})`,
      open: `variables.loading.filter(t, ${WAYS.map(isOpen).join(' || ')}).map(t, t.name)`,
      clear: `variables.loading.filter(t, ${WAYS.map(isClear).join(' || ')}).map(t, t.name)`,
    }),
    validations: () => [
      {
        expression: 'variables.open.size() == 0',
        messageExpression: `'whoever may call ' + variables.open.join(', ') + ' could have it load a model, which may be code. Set --http-restricted-api and --grpc-restricted-protocol to ${RESTRICTED.join(',')} with a key, or shut the way with --allow-grpc=false'`,
      },
      {
        expression: 'variables.clear.size() == 0',
        messageExpression: `'everybody who sees the pods of ' + variables.clear.join(', ') + ' could read its key. Take it from a Secret: admin-key=$(TRITON_ADMIN_KEY)'`,
      },
    ],
  },
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

/** CEL over `t`, as `open` says it. */
const isOpen = ({ off, restricts }: (typeof WAYS)[number]): string => {
  const all = RESTRICTED.map((api) => hasFlag(restricts, `([^:\\s"\\x27]*,)?${api}(,[^:\\s"\\x27]*)?:[^\\s"\\x27]*`));
  return `(!(${all.join(' && ')}) && !${hasFlag(off, '(?i:false|0)')})`;
};
const isClear = ({ off, restricts }: (typeof WAYS)[number]): string =>
  `(${hasFlag(restricts, '[^:\\s"\\x27]*:[^=\\s"\\x27]*=[^$\\s"\\x27][^\\s"\\x27]*')} && !${hasFlag(off, '(?i:false|0)')})`;
