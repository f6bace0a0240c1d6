import type { Fixture, GraphRule } from '../../rule.ts';

const cluster = (remote: boolean): Fixture => [{ type: 'eks:index:Cluster', name: 'cluster', props: {}, options: { remote } }];

export const noRemoteComponents: GraphRule = {
  kind: 'graph',
  id: 'no-remote-components',
  title: 'every component is made in this program',
  reason: 'A component of a plugin makes its resources in another process: no test, no price and no policy sees them before they exist.',
  remedy: 'Write the resources of the SDK yourself, or a component of your own.',
  severity: 'medium',
  ids: [],
  scope: 'weir',
  needs: ['remote'],
  check: (graph) =>
    graph.all.flatMap(({ resource: { urn, options }, reader }) =>
      options.remote === true ? [{ urn, ...reader.problem('', 'is made by a plugin: nobody sees what it makes') }] : [],
    ),
  pass: cluster(false),
  fail: cluster(true),
};
