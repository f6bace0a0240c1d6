import { NODE_POOL_KIND, OF_NODES } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { secondsOf } from '../seconds.ts';
import { exampleGpuPool } from './example.ts';
import { NODE_POOL } from './gpu-pool.ts';

/** Shortest grace of a node, in seconds. */
const LEAST = 120;

export const nodepoolExpiryWithGrace: ResourceRule = {
  kind: 'resource',
  id: 'nodepool-expiry-with-grace',
  title: 'a node that expires gives its pods a known time to leave',
  reason:
    'Expiry is forceful and no budget holds it up: without a grace a node waits for ever on one pod that may not be evicted, with one that is too short answers are cut off.',
  remedy: 'Weir sets it by itself; give the NodePool’s template a terminationGracePeriod such as 1h, longer than its pods take to stop.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  params: {
    leastSeconds: { description: 'Shortest grace of a node, in seconds; a pod of Triton takes 90 to stop.', default: LEAST },
  },
  on: [NODE_POOL],
  check: (pool, { params: { leastSeconds } }) => {
    const life = pool.in('spec.template.spec');
    // Karpenter's default is 720h; before v1 it stood below disruption
    const expires = life.get('expireAfter') ?? pool.get('spec.disruption.expireAfter');
    if (expires === 'Never') return [];
    if (!life.has('terminationGracePeriod')) return [life.problem('terminationGracePeriod', 'has nodes that expire, and no end to their waiting')];
    const least = Number(leastSeconds);
    return life.expect('terminationGracePeriod', (grace) => (secondsOf(grace) ?? least) >= least, `leaves pods less than ${least} s to stop`);
  },
  admission: {
    ...OF_NODES,
    kinds: NODE_POOL_KIND,
    variables: () => ({ life: 'object.spec.template.spec', grace: "variables.life.?terminationGracePeriod.orValue('')" }),
    validations: () => [
      {
        expression: `variables.life.?expireAfter.orValue('') == 'Never' || (variables.grace != '' && duration(variables.grace) >= duration('${LEAST}s'))`,
        messageExpression: `'nodes of ' + object.metadata.name + ' expire, and ' + (variables.grace == '' ? 'would wait for ever on one pod' : variables.grace + ' would cut answers off') + '. Set terminationGracePeriod of its template to ${LEAST}s or more, such as 1h'`,
      },
    ],
  },
  pass: [{ props: exampleGpuPool() }],
  fail: [{ props: exampleGpuPool({ life: { terminationGracePeriod: undefined } }) }],
};
