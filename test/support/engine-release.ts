import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type ChartRelease, chartFolder, renderRelease } from './charts.ts';
import type { Cluster } from './cluster.ts';
import { type CrdSet, crdOf, fetchedCrds, untilServed } from './cluster-crds.ts';
import { type Appliable, isReady, withoutQuestions } from './engine-objects.ts';
import { until } from './until.ts';

/** Seconds that pods may take: kwok needs a tenth of one, a busy machine more. */
const PATIENCE_MS = 90_000;

/** CRDs that a chart brings which cannot be had: with them its custom resources are taken, and only after it. */
const BROUGHT: Readonly<Record<string, readonly CrdSet[]>> = {
  keda: ['keda'],
  'prometheus-operator-crds': ['prometheus-operator'],
  'external-secrets': ['external-secrets'],
  'argo-workflows': ['argo-workflows-names'],
};

/** Kinds of apis that the release's objects are rendered for: those that the cluster has at that moment. */
async function target(cluster: Cluster): Promise<{ readonly kubeVersion: string; readonly apiVersions: readonly string[] }> {
  const { text } = await cluster.request({ method: 'GET', path: '/apis' });
  const { groups }: { readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[] } = JSON.parse(text);
  return { kubeVersion: '1.35.0', apiVersions: groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion)) };
}

/** What Helm would send. Of a chart that cannot be had: its CRDs, and a ConfigMap that stands for the rest. */
async function objectsOf(cluster: Cluster, release: ChartRelease): Promise<readonly Appliable[]> {
  if (chartFolder(release.chart) !== null) return renderRelease(release, await target(cluster));
  const { chart, version, releaseName, namespace } = release;
  const crds = (BROUGHT[chart] ?? []).flatMap((set) => fetchedCrds([set])).map((file): Appliable => parse(readFileSync(file, 'utf8')));
  const data = { chart, version };
  return [...crds, Object.assign({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `release-${releaseName}`, namespace } }, { data })];
}

/** Applies a release's objects in Helm's order and waits for its pods, as `atomic` does. @throws in the server's words */
export async function installRelease(cluster: Cluster, release: ChartRelease): Promise<void> {
  const objects = (await objectsOf(cluster, release)).map(withoutQuestions);
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const others = objects.filter(({ kind }) => kind !== 'CustomResourceDefinition');
  const options = { manager: 'helm', force: true, namespace: release.namespace };
  await Promise.all(definitions.map((one) => cluster.apply(one, options)));
  for (const one of definitions) await untilServed(cluster, crdOf(one));
  for (const one of others) await cluster.apply(one, options);
  await Promise.all(others.map((one) => untilReady(cluster, one, release.namespace)));
}

/** Deletes what Helm would: not the CRDs of a chart's own folder, and nothing that says it stays. */
export async function uninstallRelease(cluster: Cluster, release: ChartRelease): Promise<void> {
  const objects = await objectsOf(cluster, { ...release, skipCrds: true });
  const going = objects.filter(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'] !== 'keep').toReversed();
  for (const one of going) await cluster.delete(inNamespace(one, release.namespace));
  const waited = going.filter(({ kind }) => kind !== 'CustomResourceDefinition'); // the server takes its time with these, and Helm does not wait for them
  await Promise.all(waited.map((one) => untilGone(cluster, inNamespace(one, release.namespace))));
}

/** Waits until an object is what Pulumi and Helm wait for. The error has what the server says of it. */
export async function untilReady(cluster: Cluster, object: Appliable, namespace = 'default'): Promise<void> {
  const place = inNamespace(object, namespace);
  let last: unknown = null;
  const ready = async (): Promise<boolean> => {
    const stored = await cluster.get(place);
    last = stored?.status;
    return stored !== null && isReady(object.kind, stored);
  };
  await until(ready, () => ({ [`${object.kind} ${object.metadata.name}`]: last }), PATIENCE_MS);
}

export async function untilGone(cluster: Cluster, object: Appliable): Promise<void> {
  const gone = async (): Promise<boolean> => (await cluster.get(object).catch(() => null)) === null; // its kind may be gone, too
  await until(gone, () => `${object.kind} ${object.metadata.name} is still there`, PATIENCE_MS);
}

const inNamespace = (object: Appliable, namespace: string): Appliable => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  metadata: { name: object.metadata.name, namespace: object.metadata.namespace ?? namespace },
});
