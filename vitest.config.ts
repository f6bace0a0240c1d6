import { defineConfig } from 'vitest/config';

/** The whole platform under load. */
const SLOW = 'test/**/*.slow.test.ts';
/** Tests that need a browser, a server, real data or many simulated runs: the quick check leaves them to `npm test`. */
const WITH_COMPANY = [
  'test/{page,examples,cli,proxy,serving,cluster,triton,features,inputs,image,charts,observability,tenants}/**/*.test.ts',
  'test/features-image/**/*.test.ts',
  'test/components/{nodes-left-moto,destroy-cluster,destroy-data,karpenter-destroy}.test.ts',
  'test/stacks/{entry,platform}.test.ts',
  'test/policies/engine/**/*.test.ts',
  'test/cost/stacks.test.ts',
  'test/house/{workflow-linters,plan-comment}.test.ts',
  'test/policies/{checkov,mutations,waivers,profiles,speed}.test.ts',
  'test/policies/engine/**/*.test.ts',
  'test/drift-judge/{service,replay,flights,restart,labels}.test.ts',
  'test/model/bad-files/fuzz.test.ts',
  'test/model/render/vllm-drain.test.ts',
  'test/drift-core/{parity,flights}.test.ts',
  'test/rollout/{restart,holds}.test.ts',
  'test/rollout/evidence/simulation.test.ts',
  'test/eventlog/crash.test.ts',
];

const project = (name: string, include: string[], exclude: string[], maxWorkers: number, groupOrder: number) => ({
  extends: true as const,
  test: { name, include, exclude, maxWorkers, sequence: { groupOrder } },
});

// Real processes, threads and servers: forks keep native modules apart, and generous limits keep slow machines green.
// The whole platform comes last and alone: a neighbour's CPU would be its latency.
export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      project('quick', ['test/**/*.test.ts'], [SLOW, ...WITH_COMPANY], 2, 0),
      project('company', WITH_COMPANY, [SLOW], 2, 1),
      project('whole', [SLOW], [], 1, 2),
    ],
  },
});
