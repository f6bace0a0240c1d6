import { CHARTS } from '../../facts.ts';
import type { Reader } from '../../reader.ts';
import type { Fixture, Problem, ResourceRule } from '../../rule.ts';

const RELEASE = 'kubernetes:helm.sh/v3:Release';

const release = (version: string): Fixture => [
  { type: RELEASE, props: { name: 'keda', chart: 'keda', repositoryOpts: { repo: 'https://kedacore.github.io/charts' }, version } },
];

export const releasePinnedInTable: ResourceRule = {
  kind: 'resource',
  id: 'release-pinned-in-table',
  title: 'a chart comes from the table of pins, in the table’s version',
  reason:
    'A chart installs what it likes with the rights of the deploying role: one whose version floats, or that nobody has read, changes the cluster on its own day.',
  remedy: 'Install it by release() of components/release.ts, and put its version, digest and source into charts/pins.ts.',
  severity: 'high',
  ids: [],
  scope: 'weir',
  mustBeKnown: ['chart', 'version', 'repositoryOpts.repo'],
  on: ['helm.sh/Release', 'helm.sh/Chart'],
  check: (chart) => chart.part(() => pinned(chart)),
  pass: release(CHARTS.find(({ chart }) => chart === 'keda')?.version ?? ''),
  fail: release('2.0.0'),
};

function pinned(release: Reader): readonly Problem[] {
  const [repository, name] = sourceOf(release);
  const pin = CHARTS.find((each) => each.chart === name && each.repository === repository);
  if (pin === undefined) return [release.problem('chart', `installs ${name} of ${repository || 'nowhere'}, which is not in the table`)];
  const version = release.text('version');
  return version === pin.version
    ? []
    : [release.problem('version', `installs ${name} ${version ?? 'in its newest version'}; the table has ${pin.version}`)];
}

/** An OCI chart is named by one address, others by a name and a repository. */
function sourceOf(release: Reader): readonly [string, string] {
  const chart = release.text('chart') ?? 'a chart';
  if (!chart.startsWith('oci://')) return [release.text('repositoryOpts.repo') ?? '', chart];
  const at = chart.lastIndexOf('/');
  return [chart.slice(0, at), chart.slice(at + 1)];
}
