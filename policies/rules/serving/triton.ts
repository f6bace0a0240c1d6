import type { Reader } from '../../reader.ts';
import { keyOf, type Resource } from '../../resource.ts';
import type { Problem } from '../../rule.ts';
import { eachContainer, podOf } from '../pods/workload.ts';

/** What a container runs, as one text: a chart may write it as a list or as one line for a shell. */
export const commandOf = (container: Reader): string => [...container.texts('command'), ...container.texts('args')].join(' ');

/** Whether Triton runs in it: its image is called so wherever it is mirrored to, or its command is. An image of its SDK has clients alone. */
export function isTriton(container: Reader): boolean {
  return /\btriton-?server\b(?!.*-sdk$)/.test(container.text('image') ?? '') || /\btritonserver\b/.test(commandOf(container));
}

/** The problems of every Triton in a workload's pods. */
export function eachTriton(workload: Reader, { type }: Pick<Resource, 'type'>, check: (container: Reader) => readonly Problem[]): readonly Problem[] {
  return eachContainer(podOf(workload, keyOf(type)), (container) => (isTriton(container) ? check(container) : []));
}

/** Values of a flag, `--flag=value` or `--flag value`, in the order in which they are given. */
export function flagsOf(command: string, flag: string): readonly string[] {
  return [...command.matchAll(new RegExp(`--${flag}(?:=|\\s+)["']?([^\\s"']+)`, 'g'))].flatMap(([, value]) => (value === undefined ? [] : [value]));
}

/** A pod with one Triton, for fixtures. */
export const tritonPod = (container: Readonly<Record<string, unknown>>) => ({
  containers: [{ name: 'triton', image: 'registry.example.com/tritonserver@sha256:2222', command: ['tritonserver'], ...container }],
});
