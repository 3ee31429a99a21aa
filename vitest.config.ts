import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,connectors,server,web,cli,bench,scripts}/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
    globalSetup: ['server/test/global-setup.ts'],
    testTimeout: 20_000,
    retry: process.env.CI === 'true' ? 1 : 0,
    hookTimeout: 60_000,
  },
});
