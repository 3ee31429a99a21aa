import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,connectors,server,web,cli,bench,scripts}/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
    globalSetup: ['server/test/global-setup.ts'],
    // Two on two cores as well, where one is the default: for half of the time a file waits for a database or a process.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    retry: process.env.CI === 'true' ? 1 : 0,
    hookTimeout: 60_000,
  },
});
