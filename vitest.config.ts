import { defineConfig } from 'vitest/config';

const SLOW = 'test/**/*.slow.test.ts';

// Real processes, threads and servers: forks keep native modules apart, and generous limits keep slow machines green.
// The slow ones (the whole platform under load) come last and alone: a neighbour's CPU would be their latency.
export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: [SLOW], maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'whole', include: [SLOW], maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
