import { defineConfig } from 'vitest/config';

const conditions = ['plimsoll-source'];
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } };
/** Worker threads that tests start must find the sources too. */
const execArgv = ['--conditions=plimsoll-source'];

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: { name: 'unit', include: ['packages/{model,core,server,cli,testkit}/src/**/*.test.ts'], execArgv, testTimeout: 20_000 },
      },
      {
        ...shared,
        test: { name: 'web', include: ['packages/web/src/**/*.test.{ts,tsx}'], environment: 'happy-dom', testTimeout: 20_000 },
      },
      { ...shared, test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], execArgv } },
      {
        ...shared,
        test: { name: 'data', include: ['test/data/**/*.test.ts'], execArgv, testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          execArgv,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        ...shared,
        test: { name: 'hostile', include: ['test/hostile/**/*.test.ts'], execArgv, testTimeout: 120_000, fileParallelism: false },
      },
      {
        ...shared,
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          execArgv,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
