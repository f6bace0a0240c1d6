import { setTimeout as pause } from 'node:timers/promises';
import service from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import provider from '@pulumi/pulumi/proto/provider_pb.js';
import { empty, listen, method, newServer, toStruct, toValues, type Values } from './grpc.ts';
import type { Ledger } from './ledger.ts';
import { outputsOf, type Place } from './outputs.ts';
import type { ProviderPackage } from './packages.ts';
import { accepted, difference, lifecycle } from './provider-lifecycle.ts';
import type { SdkTypes } from './sdk-types.ts';
import { nameOf, typeOf } from './urn.ts';

/** What a stand-in answers from. */
export interface StandInWorld {
  readonly ledger: Ledger;
  readonly types: SdkTypes;
  readonly place: Place;
}

/** Providers that are running; gone when disposed of. */
export interface StandIns extends Disposable {
  /** What tells the engine to ask them: `aws:4711,random:4712`. */
  readonly attach: string;
}

/** How long a create, update or delete takes: enough to let the engine do several at once, as it does in a cloud. */
const WORK_MILLISECONDS = 3;

/**
 * Plays the provider plugin of every package, in this process: the engine attaches to it instead of starting one. It is no cloud: it accepts every
 * input, and knows of replacements what components/replace-on.ts says.
 */
export async function startStandIns(packages: readonly ProviderPackage[], world: StandInWorld): Promise<StandIns> {
  const servers = packages.map((one) => ({ one, server: newServer() })); // one for each, since the engine compares versions
  const attach = await Promise.all(
    servers.map(async ({ one, server }) => {
      server.addService(service.ResourceProviderService, { ...lifecycle(one), ...resources(world) });
      return `${one.name}:${await listen(server)}`;
    }),
  );
  return {
    attach: attach.join(','),
    [Symbol.dispose]: () => {
      for (const { server } of servers) server.forceShutdown();
    },
  };
}

function resources(world: StandInWorld) {
  return {
    check: method(accepted),
    diff: method(difference),
    create: method((request: InstanceType<typeof provider.CreateRequest>) => create(world, request)),
    update: method((request: InstanceType<typeof provider.UpdateRequest>) => update(world, request)),
    read: method((request: InstanceType<typeof provider.ReadRequest>) => {
      const answer = new provider.ReadResponse();
      answer.setId(request.getId());
      answer.setProperties(request.getProperties());
      answer.setInputs(request.getInputs());
      return answer;
    }),
    delete: method(async (request: InstanceType<typeof provider.DeleteRequest>) => {
      await done(world.ledger.begin('delete', request.getUrn(), request.getId()));
      return empty();
    }),
  };
}

async function create(world: StandInWorld, request: InstanceType<typeof provider.CreateRequest>) {
  const answer = new provider.CreateResponse();
  answer.setProperties(request.getProperties());
  if (request.getPreview()) return answer; // what is missing is unknown
  answer.setId(await done(world.ledger.begin('create', request.getUrn())));
  answer.setProperties(toStruct(outputs(world, request.getUrn(), toValues(request.getProperties()))));
  return answer;
}

async function update(world: StandInWorld, request: InstanceType<typeof provider.UpdateRequest>) {
  const answer = new provider.UpdateResponse();
  if (!request.getPreview()) await done(world.ledger.begin('update', request.getUrn(), request.getId()));
  answer.setProperties(toStruct(outputs(world, request.getUrn(), toValues(request.getNews()))));
  return answer;
}

async function done(end: () => string): Promise<string> {
  await pause(WORK_MILLISECONDS);
  return end();
}

function outputs({ types, place }: StandInWorld, urn: string, inputs: Values): Values {
  return outputsOf(types, { type: typeOf(urn), name: nameOf(urn), inputs }, place);
}
