import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterClient } from './cluster-client.ts';
import { toolsFolder } from './tools.ts';
import { until } from './until.ts';

export interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** Folders of CRDs that test/servers/install.sh fetched: those of what models need, and those of the platform alone. */
const OF_MODELS = ['gateway-api', 'envoy-gateway', 'keda', 'prometheus-operator'] as const;
const OF_PLATFORM = ['envoy-proxy', 'karpenter', 'cert-manager', 'external-secrets', 'kueue', 'jobset', 'trainer', 'argo-workflows'] as const;
/** `argo-workflows-names`: the same kinds without their schemas, which cost the server half a minute: for tests of order. */
export type CrdSet = (typeof OF_MODELS)[number] | (typeof OF_PLATFORM)[number] | 'argo-workflows-names';
export const MODEL_CRDS: readonly CrdSet[] = OF_MODELS;
/** All of them cost the server a minute of CPU: its OpenAPI documents are made again with each. */
export const ALL_CRDS: readonly CrdSet[] = [...OF_MODELS, ...OF_PLATFORM];

/** The YAML files of such folders, one CRD in each. */
export function fetchedCrds(sets: readonly CrdSet[]): readonly string[] {
  return sets.flatMap((set) => {
    const folder = join(toolsFolder(), 'crds', set);
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    return names.sort().map((name) => join(folder, name));
  });
}

/** Large schemas take the server seconds each. */
const PATIENCE_MS = 90_000;

/** Creates CRDs, one in each YAML file, and waits until each version is served. @throws Refused in the server's words */
export async function installCrds(client: ClusterClient, files: readonly string[]): Promise<void> {
  const crds = await Promise.all(files.map((file) => createCrd(client, readFileSync(file, 'utf8'))));
  for (const crd of crds) await untilServed(client, crd);
}

/** An object that is known to be a CRD. */
export function crdOf(object: object): Crd {
  const crd: Crd = JSON.parse(JSON.stringify(object));
  return crd;
}

/** Waits until the server lists every version of a kind that it was told of. */
export async function untilServed(client: ClusterClient, { spec: { group, names, versions } }: Crd): Promise<void> {
  for (const version of versions.filter(({ served }) => served)) {
    const path = `/apis/${group}/${version.name}`;
    const listed = async (): Promise<boolean> => (await resourceNames(client, path)).includes(names.plural);
    await until(listed, () => `${path} does not list ${names.plural}`, PATIENCE_MS);
  }
}

/** The text goes as it is: the server reads YAML, and half a megabyte of it is slow to read here. */
async function createCrd(client: ClusterClient, text: string): Promise<Crd> {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?fieldManager=weir&fieldValidation=Strict';
  const answer = await client.request({ method: 'POST', path, body: { type: 'application/yaml', text } });
  const crd: Crd = JSON.parse(answer.text);
  return crd;
}

/** Empty while the server does not know the group yet. */
async function resourceNames(client: ClusterClient, path: string): Promise<readonly string[]> {
  const text = await client.request({ method: 'GET', path }).then(
    (answer) => answer.text,
    () => '{"resources":[]}',
  );
  const { resources }: { readonly resources: readonly { readonly name: string }[] } = JSON.parse(text);
  return resources.map(({ name }) => name);
}
