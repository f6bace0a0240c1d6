import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Graph } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { missingTool, toolsFolder } from './tools.ts';

/** A chart as a stack hands it to Helm. */
export interface ChartRelease {
  /** The resource's name. */
  readonly name: string;
  /** The chart's, without its repository. */
  readonly chart: string;
  readonly version: string;
  readonly releaseName: string;
  readonly namespace: string;
  readonly skipCrds: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a chart is rendered for. */
export interface RenderTarget {
  /** `1.36.0`: charts ask it, and refuse what they do not know. */
  readonly kubeVersion: string;
  /** Group versions that charts look for before they ship a ServiceMonitor, say. */
  readonly apiVersions: readonly string[];
}

const RELEASE = 'kubernetes:helm.sh/v3:Release';

/** Why no chart can be rendered here, for `describe.skipIf`; null when charts can be. @throws under `CI` */
export function chartsMissing(): string | null {
  return missingTool('helm', [join(toolsFolder(), 'bin', 'helm')]) ?? missingTool('charts', [join(toolsFolder(), 'charts', 'pins')]);
}

/** The releases of a recorded stack, in the order of registration. */
export function releasesOf(graph: Graph): readonly ChartRelease[] {
  return [...graph.values()].filter(({ type }) => type === RELEASE).map(({ name, inputs }) => releaseOf(name, inputs));
}

/** A release as the SDK sends it: values that are outputs lie in envelopes. */
export function releaseOf(name: string, inputs: Readonly<Record<string, unknown>>): ChartRelease {
  const given: Partial<Omit<ChartRelease, 'name' | 'releaseName'> & { readonly name: string }> = Object(unwrapped(inputs));
  const chart = given.chart?.split('/').at(-1) ?? '';
  const { version = '', namespace = 'default', skipCrds = false, values = {} } = given;
  return { name, chart, version, namespace, skipCrds, values, releaseName: given.name ?? name };
}

/** Where a chart lies that a Go module carried; null for one that none does. */
export function chartFolder(chart: string): string | null {
  const folder = join(toolsFolder(), 'charts', chart);
  return existsSync(folder) ? folder : null;
}

/** Versions that a chart at hand goes by: its own, and its module's. Without `v`. @throws when it is not at hand */
export function carriedVersions(chart: string): readonly string[] {
  const { version }: { readonly version: string } = parse(readFileSync(join(toolsFolder(), 'charts', chart, 'Chart.yaml'), 'utf8'));
  const rows = readFileSync(join(toolsFolder(), 'charts', 'pins'), 'utf8').split('\n');
  const module = rows.find((row) => row.startsWith(`${chart} `))?.split(' ')[1] ?? '';
  return [version, module.split('@')[1] ?? ''].map((one) => one.replace(/^v/, ''));
}

/** What Helm would send to the cluster for a release, hooks included, tests not. @throws in helm's words, also when the chart's schema refuses a value */
export function renderRelease(release: ChartRelease, { kubeVersion, apiVersions }: RenderTarget): readonly Rendered[] {
  const folder = chartFolder(release.chart);
  if (folder === null) throw new Error(`${release.chart} is carried by no Go module`);
  const flags = [
    '--namespace',
    release.namespace,
    '--kube-version',
    kubeVersion,
    '--skip-tests',
    ...apiVersions.flatMap((one) => ['--api-versions', one]),
  ];
  const crds = release.skipCrds ? [] : ['--include-crds'];
  const text = execFileSync(join(toolsFolder(), 'bin', 'helm'), ['template', release.releaseName, folder, ...flags, ...crds, '--values', '-'], {
    input: JSON.stringify(release.values),
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return parseAllDocuments(text).flatMap((document) => {
    const object: unknown = document.toJS();
    return isRendered(object) ? [object] : [];
  });
}

/** An object of a chart. One of a namespace may lack `metadata.namespace`: it is the release's. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: unknown;
}

/** Empty documents, which templates leave behind, are none. */
function isRendered(value: unknown): value is Rendered {
  return typeof value === 'object' && value !== null && 'kind' in value && 'apiVersion' in value && 'metadata' in value;
}
