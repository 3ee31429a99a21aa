import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { ENGINE_OPTIONS } from './scripts/engine-options.mjs';

/**
 * These start nothing and keep nothing where another file would find it, so that they share a process and what they
 * import. Parts of the web app do keep something: messages, the session.
 */
const PURE = ['{contract,connectors,server}/**/!(*.db).test.ts'];
const NOT_PURE = ['connectors/suite/**', 'server/test/**', 'server/src/platform/embedded-postgres/**'];

export default defineConfig({
  test: {
    // Two on two cores as well, where one is the default: for half of the time a file waits for a database or a process.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // How deep a statement may be before its parser's stack ends depends on the compiler, among other things.
    execArgv: [...ENGINE_OPTIONS],
    testTimeout: 20_000,
    retry: process.env.CI === 'true' ? 1 : 0,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: PURE, exclude: [...NOT_PURE, '**/node_modules/**'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: [
            '{contract,connectors,server}/**/*.db.test.ts',
            ...NOT_PURE.map((folder) => `${folder}/*.test.ts`),
            '{web,cli,bench,scripts}/**/*.test.{ts,tsx}',
            'e2e/**/*.test.ts',
          ],
          globalSetup: ['server/test/global-setup.ts'],
        },
      },
    ],
  },
});
