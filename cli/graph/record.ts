import { createRequire } from 'node:module';
import * as pulumi from '@pulumi/pulumi';
import type { Node, Recording, World } from './node.ts';

// The mock monitor and these functions are internal to the SDK (pulumi#6666): they are used in this file alone, and test/graph pins what is assumed.
/* oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-argument, typescript/no-unsafe-return, typescript/no-unsafe-type-assertion */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's requests and internals have no types
type Sdk = any;
const { getStore } = createRequire(import.meta.url)('@pulumi/pulumi/runtime/state');
const runtime = pulumi.runtime as Sdk;

const PROJECT = 'weir';
/** Turns of the event loop without news after which nothing registers any more. */
const QUIET_TURNS = 5;

/**
 * Runs a Pulumi program against nothing and returns every resource that it registers: no credentials, CLI, plugin or network. One at a time in
 * a process. What the program throws is thrown.
 */
export async function record(program: () => unknown, world: World = {}): Promise<Recording> {
  const stack = world.stack ?? 'test';
  const graph = new Map<string, Node>();
  const duplicates: string[] = [];
  let outputs: Record<string, unknown> = {};
  runtime.setAllConfig(world.config ?? {}, world.secretKeys ?? []);
  const asked: string[] = [];
  await runtime.setMocks(mocksOf(world, asked), PROJECT, stack, world.preview ?? false);
  observe(runtime.getMonitor(), stack, {
    registered: (node) => {
      if (graph.has(node.urn)) duplicates.push(node.urn);
      graph.set(node.urn, node);
    },
    ended: (values) => {
      outputs = values;
    },
  });
  await failingEarly(async () => {
    await runtime.runInPulumiStack(async () => program());
    await settled(graph);
  }).catch((error: unknown) => {
    if (asked.length === 0) throw error;
    throw new Error(`${asked.join(', ')} asks a cloud while planning: a component makes it a setting instead`, { cause: error });
  });
  return { graph, duplicates, outputs };
}

/** Kinds whose objects answer nothing that a program reads: to echo the specs of a thousand models costs a second. */
const UNREAD = /^kubernetes:weir\.dev\//;

function mocksOf(world: World, asked: string[]) {
  return {
    newResource: (given: Sdk) => {
      const echo = UNREAD.test(given.type) ? {} : given.inputs;
      const state = { ...echo, ...world.state?.({ type: given.type, name: given.name, inputs: given.inputs }) };
      return { id: world.preview === true ? undefined : `${given.name}-id`, state };
    },
    call: (given: Sdk) => {
      asked.push(given.token);
      throw new Error(`${given.token} is not answered`); // the SDK loses this message on its way
    },
  };
}

interface Observer {
  readonly registered: (node: Node) => void;
  readonly ended: (outputs: Record<string, unknown>) => void;
}

/** The mock monitor forgets what a request says beside its inputs: every request is read before it gets there. */
function observe(monitor: Sdk, stack: string, { registered, ended }: Observer): void {
  monitor.newUrn = (parent: string, type: string, name: string) => engineUrn(stack, parent, type, name); // the mock keeps one parent type only
  monitor.registerResourceHook = (_: unknown, done: Sdk) => done(null, {}); // missing from the mock, though it announces them
  monitor.registerErrorHook = monitor.registerResourceHook;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: Sdk, done: Sdk) =>
    register(request, (error: unknown, answer: Sdk) => {
      if (!error) registered(describe(answer.getUrn(), request));
      done(error, answer);
    });
  const outputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request: Sdk, done: Sdk) => {
    if (request.getUrn().includes('::pulumi:pulumi:Stack::')) ended(request.getOutputs()?.toJavaScript() ?? {});
    outputs(request, done);
  };
}

function describe(urn: string, request: Sdk): Node {
  const hooks = request.getHooks();
  const timeouts = request.getCustomtimeouts();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    inputs: request.getObject()?.toJavaScript() ?? {},
    dependencies: request.getDependenciesList(),
    provider: request.getProvider(),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deletedWith: request.getDeletedwith(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    aliases: request.getAliasesList().map((alias: Sdk) => alias.getUrn() || alias.getSpec()?.getName() || ''),
    hooks: { beforeDelete: hooks?.getBeforeDeleteList() ?? [], onError: hooks?.getOnErrorList?.() ?? [] },
    timeouts: { create: timeouts?.getCreate() ?? '', update: timeouts?.getUpdate() ?? '', delete: timeouts?.getDelete() ?? '' },
  };
}

function engineUrn(stack: string, parent: string, type: string, name: string): string {
  const chain = parent.split('::')[2] ?? '';
  const prefix = chain === '' || chain === 'pulumi:pulumi:Stack' ? '' : `${chain}$`;
  return `urn:pulumi:${stack}::${PROJECT}::${prefix}${type}::${name}`;
}

/**
 * What an `apply` throws arrives as a rejection that nobody handles: it ends the recording as it would end `pulumi up`. While a program is recorded
 * nobody else hears of such rejections: they are the program's.
 */
async function failingEarly(work: () => Promise<void>): Promise<void> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const limit = Error.stackTraceLimit;
  const others = process.listeners('unhandledRejection');
  Error.stackTraceLimit = 0; // the SDK captures a stack for every promise: half to two thirds of the time
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', reject);
  try {
    await Promise.race([work(), failed]);
  } catch (error) {
    for (let turn = 0; turn < QUIET_TURNS; turn += 1) await nextTurn(); // the promises that hung on the one that failed
    throw error;
  } finally {
    process.off('unhandledRejection', reject);
    for (const listener of others) process.on('unhandledRejection', listener);
    Error.stackTraceLimit = limit;
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Registrations go on after the program has returned. Timers of a program's own are not seen: components have none. */
async function settled(graph: ReadonlyMap<string, Node>): Promise<void> {
  for (let quiet = 0, seen = -1; quiet < QUIET_TURNS; seen = graph.size) {
    await runtime.waitForRPCs();
    await nextTurn();
    quiet = graph.size === seen && getStore().leakCandidates.size === 0 ? quiet + 1 : 0;
  }
}
