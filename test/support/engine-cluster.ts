import service from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import provider from '@pulumi/pulumi/proto/provider_pb.js';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { empty, listen, method, newServer, toStruct, toValues, type Values } from '../../cli/rehearse/grpc.ts';
import type { Ledger } from '../../cli/rehearse/ledger.ts';
import { outputsOf, type Place } from '../../cli/rehearse/outputs.ts';
import type { ProviderPackage } from '../../cli/rehearse/packages.ts';
import { accepted, difference, lifecycle } from '../../cli/rehearse/provider-lifecycle.ts';
import type { SdkTypes } from '../../cli/rehearse/sdk-types.ts';
import type { StandIns } from '../../cli/rehearse/stand-in-provider.ts';
import { nameOf, typeOf } from '../../cli/rehearse/urn.ts';
import { releaseOf } from './charts.ts';
import type { Cluster } from './cluster.ts';
import { crdOf, untilServed } from './cluster-crds.ts';
import { type Appliable, withoutQuestions } from './engine-objects.ts';
import { installRelease, uninstallRelease, untilGone, untilReady } from './engine-release.ts';
import { withRealIds } from './stack-objects.ts';

/** What the provider works on. */
export interface ClusterWorld {
  readonly cluster: Cluster;
  readonly ledger: Ledger;
  readonly types: SdkTypes;
  readonly place: Place;
}

const RELEASE = 'kubernetes:helm.sh/v3:Release';

/**
 * Plays the Kubernetes provider against a real API server: applies server-side, waits for pods, renders charts with the real Helm. Its differences are those of
 * every stand-in, not the real provider's. A class that ends with `Patch` sets fields of an object that it does not own.
 */
export async function startClusterProvider(one: ProviderPackage, world: ClusterWorld): Promise<StandIns> {
  const server = newServer();
  server.addService(service.ResourceProviderService, { ...lifecycle(one), ...resources(world) });
  const port = await listen(server);
  return { attach: `${one.name}:${port}`, [Symbol.dispose]: () => server.forceShutdown() };
}

function resources(world: ClusterWorld) {
  return {
    check: method(accepted),
    diff: method(difference),
    create: method(async (request: InstanceType<typeof provider.CreateRequest>) => {
      const answer = new provider.CreateResponse();
      answer.setProperties(request.getProperties());
      if (request.getPreview()) return answer;
      const end = world.ledger.begin('create', request.getUrn());
      const made = await apply(world, request.getUrn(), toValues(request.getProperties()));
      answer.setId(end());
      answer.setProperties(toStruct(made));
      return answer;
    }),
    update: method(async (request: InstanceType<typeof provider.UpdateRequest>) => {
      const answer = new provider.UpdateResponse();
      answer.setProperties(request.getNews());
      if (request.getPreview()) return answer;
      const end = world.ledger.begin('update', request.getUrn(), request.getId());
      const made = await apply(world, request.getUrn(), toValues(request.getNews()));
      end();
      answer.setProperties(toStruct(made));
      return answer;
    }),
    delete: method(async (request: InstanceType<typeof provider.DeleteRequest>) => {
      const end = world.ledger.begin('delete', request.getUrn(), request.getId());
      await remove(world, request.getUrn(), toValues(request.getProperties()));
      end();
      return empty();
    }),
  };
}

/** Outputs: what the SDK promises of the type, the inputs, and of an object what the server keeps. */
async function apply({ cluster, types, place }: ClusterWorld, urn: string, inputs: Values): Promise<Values> {
  const outputs = outputsOf(types, { type: typeOf(urn), name: nameOf(urn), inputs }, place);
  if (typeOf(urn) === RELEASE) {
    await installRelease(cluster, releaseOf(nameOf(urn), inputs));
    return outputs;
  }
  const object = withoutQuestions(objectOf(urn, inputs));
  const { object: kept } = await cluster.apply(object, { manager: 'pulumi-kubernetes', force: typeOf(urn).endsWith('Patch') });
  if (object.kind === 'CustomResourceDefinition') await untilServed(cluster, crdOf(object));
  await untilReady(cluster, object);
  return { ...outputs, metadata: kept.metadata };
}

async function remove({ cluster }: ClusterWorld, urn: string, outputs: Values): Promise<void> {
  if (typeOf(urn) === RELEASE) return await uninstallRelease(cluster, releaseOf(nameOf(urn), outputs));
  if (typeOf(urn).endsWith('Patch')) return; // the object is another's
  const object = objectOf(urn, outputs);
  await cluster.delete(object);
  await untilGone(cluster, object);
}

/** Inputs as an object of Kubernetes, under the resource's name when it has none of its own. */
function objectOf(urn: string, values: Values): Appliable {
  const { id: _, status: __, ...rest }: Readonly<Record<string, unknown>> = Object(unwrapped(values));
  const object: Appliable = withRealIds(JSON.parse(JSON.stringify(rest)));
  return { ...object, metadata: { ...withoutServerFields(object.metadata), name: object.metadata?.name ?? nameOf(urn) } };
}

/** What the server adds, and takes from nobody. */
function withoutServerFields(metadata: object | undefined): object {
  const fields = Object.entries(metadata ?? {});
  return Object.fromEntries(fields.filter(([key]) => !['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp'].includes(key)));
}
