import { CONTAINERS, pattern } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import { keyOf, type Resource } from '../../resource.ts';
import type { Problem } from '../../rule.ts';
import { EXAMPLE_REGISTRY, exampleSpec } from '../pods/example.ts';
import { eachContainer, podOf } from '../pods/workload.ts';

/** What a container runs, as one text: a chart may write it as a list or as one line for a shell. */
export const commandOf = (container: Reader): string => [...container.texts('command'), ...container.texts('args')].join(' ');

/** Whether Triton runs in it: its image is called so wherever it is mirrored to, or its command is. An image of its SDK has clients alone. */
export function isTriton(container: Reader): boolean {
  const image = container.text('image') ?? '';
  return (SERVER.test(image) && !CLIENTS.test(image)) || PROGRAM.test(commandOf(container));
}

const SERVER = /\btriton-?server\b/;
const CLIENTS = /-sdk(@|$)/;
const PROGRAM = /\btritonserver\b/;

/** Every Triton of a pod as the API server finds it, with its name and its command. */
export const TRITONS = {
  ...CONTAINERS,
  run: `variables.containers.map(c, {'name': c.name, 'image': c.?image.orValue(''), 'command': dyn((c.?command.orValue([]) + c.?args.orValue([])).join(' '))})`,
  tritons: `variables.run.filter(c, (c.image.matches(${pattern(SERVER)}) && !c.image.matches(${pattern(CLIENTS)})) || c.command.matches(${pattern(PROGRAM)}))`,
} as const;

/** CEL over a `t` of these: whether a flag has such a value. @param value A regular expression, to the end of the value */
export const hasFlag = (flag: string, value: string): string => `t.command.matches(r'--${flag}(=|\\s+)["\\x27]?${value}(["\\x27\\s]|$)')`;

/** The problems of every Triton in a workload's pods. */
export function eachTriton(workload: Reader, { type }: Pick<Resource, 'type'>, check: (container: Reader) => readonly Problem[]): readonly Problem[] {
  return eachContainer(podOf(workload, keyOf(type)), (container) => (isTriton(container) ? check(container) : []));
}

/** Values of a flag, `--flag=value` or `--flag value`, in the order in which they are given. */
export function flagsOf(command: string, flag: string): readonly string[] {
  return [...command.matchAll(new RegExp(`--${flag}(?:=|\\s+)["']?([^\\s"']+)`, 'g'))].flatMap(([, value]) => (value === undefined ? [] : [value]));
}

const IMAGE = `${EXAMPLE_REGISTRY}tritonserver@sha256:${'2'.repeat(64)}`;
const LABELS = { app: 'fraud-a' };

/** A Deployment with one Triton that keeps every other rule, for fixtures. */
export const exampleTriton = (container: Readonly<Record<string, unknown>>, spec: Readonly<Record<string, unknown>> = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'fraud-a', namespace: 'tenant-payments' },
  spec: {
    ...spec,
    selector: { matchLabels: LABELS },
    template: { metadata: { labels: LABELS }, spec: exampleSpec({ name: 'triton', image: IMAGE, command: ['tritonserver'], ...container }) },
  },
});
