// The process in which a program is recorded: asked by one message, it answers by one. It is started without the right to write files or to start
// processes (recorder.ts), and here it loses the network: what a commit's program does cannot reach anything.
import { Socket } from 'node:net';
import type { Recording, World } from '../graph/node.ts';
import { record } from '../graph/record.ts';
import { isSecret, unwrapped } from '../graph/secrets.ts';
import { plausibleState } from '../graph/world.ts';
import type { RecorderAnswer, RecorderRequest, StackToRecord } from './recorder-request.ts';

refuseNetwork();

process.once('message', (request: RecorderRequest) => void answer(request));

async function answer(request: RecorderRequest): Promise<void> {
  const given = await answerTo(request);
  process.send?.(given, () => process.disconnect());
}

/** The SDK talks to itself by a socket of this machine; nothing else is answered. */
function refuseNetwork(): void {
  const connect = Reflect.get(Socket.prototype, 'connect');
  Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...args: readonly unknown[]): unknown {
    if (/"host":"(127\.0\.0\.1|localhost|::1)"/.test(JSON.stringify(args[0]))) return Reflect.apply(connect, this, args);
    throw new Error('the program reached for the network while planning');
  });
}

async function answerTo({ program, stacks }: RecorderRequest): Promise<RecorderAnswer> {
  const outputs = new Map<string, Recording['outputs']>();
  let last: Recording | null = null;
  for (const stack of stacks) {
    try {
      const { environment }: { environment: () => unknown } = await import(program);
      last = await record(() => environment(), worldOf(stack, outputs));
      outputs.set(stack.stack, last.outputs);
    } catch (error) {
      return failure(stack.stack, error);
    }
  }
  if (last === null) throw new Error('no stack to record');
  return { kind: 'recorded', nodes: [...last.graph.values()], duplicates: last.duplicates, outputs: last.outputs };
}

function worldOf({ stack, config, secretKeys, place }: StackToRecord, outputs: ReadonlyMap<string, Recording['outputs']>): World {
  const plausible = plausibleState(place);
  const state: World['state'] = (resource) =>
    resource.type === 'pulumi:pulumi:StackReference' ? referenced(String(resource.inputs.name), outputs) : plausible(resource);
  return { stack, config, secretKeys, state };
}

/** `organization/weir/prod` is the stack `prod`. */
function referenced(name: string, outputs: ReadonlyMap<string, Recording['outputs']>): Record<string, unknown> {
  const found = Object.entries(outputs.get(name.split('/').at(-1) ?? '') ?? {});
  return {
    outputs: Object.fromEntries(found.map(([key, value]) => [key, unwrapped(value)])),
    secretOutputNames: found.flatMap(([key, value]) => (isSecret(value) ? [key] : [])),
  };
}

/** Of a base's own module an ArgsError is another class of the same name. */
function failure(stack: string, error: unknown): RecorderAnswer {
  if (error instanceof Error && error.name === 'ArgsError' && 'path' in error && 'problem' in error && 'remedy' in error)
    return { kind: 'refused', stack, path: String(error.path), problem: String(error.problem), remedy: String(error.remedy) };
  return { kind: 'crashed', stack, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
