import type { ResourceRule } from '../../rule.ts';
import { secondsOf } from '../seconds.ts';
import { NODE_POOL } from './gpu-pool.ts';

const pool = (life: Readonly<Record<string, string>>) => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'gpu-inference' },
  spec: { template: { spec: { expireAfter: '336h', ...life } } },
});

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
    leastSeconds: { description: 'Shortest grace of a node, in seconds; a pod of Triton takes 90 to stop.', default: 120 },
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
  pass: [{ props: pool({ terminationGracePeriod: '1h' }) }],
  fail: [{ props: pool({}) }],
};
