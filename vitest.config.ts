import { defineConfig } from 'vitest/config';

// Real processes, threads and servers: forks keep native modules apart, and generous limits keep slow machines green.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], pool: 'forks', maxWorkers: 2, testTimeout: 60_000, hookTimeout: 120_000 },
});
