import { embedded } from '../../embedded-json.ts';
import type { Reader } from '../../reader.ts';
import type { Fixture, Problem, ResourceRule } from '../../rule.ts';

const PROVIDER = 'pulumi:providers:kubernetes';
const CREDENTIALS = ['token', 'password', 'client-key-data'];
/** The same in YAML, one a line or in braces; `tokenFile` and the like name files. */
const IN_YAML = new RegExp(`(?:^[\\s-]*|[{,]\\s*)["']?(${CREDENTIALS.join('|')})["']?:\\s*["']?[^\\s"',}]`, 'm');

const provider = (user: Readonly<Record<string, unknown>>): Fixture => [
  { type: PROVIDER, props: { kubeconfig: JSON.stringify({ apiVersion: 'v1', kind: 'Config', users: [{ name: 'example', user }] }) } },
];

export const kubeconfigWithoutCredentials: ResourceRule = {
  kind: 'resource',
  id: 'kubeconfig-without-credentials',
  title: 'a kubeconfig asks for a token, and holds none',
  reason: 'A token or a key in it lies in the state of the stack and in every copy of it, works for whoever reads it, and often has no end.',
  remedy: 'Make the provider by components/kubernetes, or let users.user.exec call `aws eks get-token`.',
  severity: 'high',
  ids: [],
  scope: 'any',
  on: [PROVIDER],
  check: (kubernetes) => kubernetes.part(() => (kubernetes.has('kubeconfig') ? held(kubernetes) : [])),
  pass: provider({ exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws', args: ['eks', 'get-token'] } }),
  fail: provider({ token: 'k8s-aws-v1.example' }),
};

function held(kubernetes: Reader): readonly Problem[] {
  const config = embedded(kubernetes, 'kubeconfig');
  if (!config.has('users')) {
    const found = IN_YAML.exec(kubernetes.text('kubeconfig') ?? '')?.[1];
    return found === undefined ? [] : [kubernetes.problem('kubeconfig', `holds a ${found}`)];
  }
  return config.each('users', (user) =>
    CREDENTIALS.filter((key) => user.has(['user', key])).map((key) => kubernetes.problem('kubeconfig', `holds a ${key}`)),
  );
}
