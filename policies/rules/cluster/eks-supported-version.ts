import { SUPPORT } from '../../facts.ts';
import type { Given, ResourceRule } from '../../rule.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';
const KNOWN = SUPPORT.filter(({ product }) => product === 'EKS');

export const eksSupportedVersion: ResourceRule = {
  kind: 'resource',
  id: 'eks-supported-version',
  title: 'the cluster runs a version in standard support',
  reason: 'After its end a version costs six times as much an hour, or is upgraded by AWS on a day that nobody chose.',
  remedy: 'Set weir:cluster.version, or version, to a newer one: dev first, then staging, then prod.',
  severity: 'medium',
  ids: ['CKV_AWS_339'],
  scope: 'any',
  settings: ['cluster.version'],
  mustBeKnown: ['version'],
  on: [CLUSTER],
  check: (eks, { today }) =>
    eks.part(() => {
      const problem = problemOf(eks.text('version'), today);
      return problem === null ? [] : [eks.problem('version', problem)];
    }),
  pass: [{ type: CLUSTER, props: { version: '1.35' } }],
  fail: [{ type: CLUSTER, props: { version: '1.33' } }],
};

function problemOf(version: string | undefined, today: Given['today']): string | null {
  if (version === undefined) return 'names no version: EKS takes the newest of the day, and nobody sees when its support ends';
  const row = KNOWN.find((each) => each.version === version);
  if (row !== undefined) {
    const ended = row.endsOn !== null && row.endsOn < today.toISOString().slice(0, 10);
    return ended ? `runs ${row.version}, whose standard support ended on ${row.endsOn}` : null;
  }
  // AWS may offer what the table does not know yet, but nothing older than all of it.
  return minorOf(version) > Math.max(...KNOWN.map((each) => minorOf(each.version))) ? null : `runs ${version}, which is out of support`;
}

/** 35 of `1.35`; -1 of what is no version. */
const minorOf = (version: string): number => Number(/^1\.(\d+)$/.exec(version)?.[1] ?? -1);
