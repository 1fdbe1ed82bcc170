import type { KnipConfig } from 'knip';

/** Dead files, exports and packages. What a package's `exports` and `bin` name is an entry by itself. */
const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: ['tools/*.{ts,mjs}', 'examples/*.ts', 'test/**/*.test.ts'],
      project: ['tools/*.{ts,mjs}', 'examples/*.ts', 'test/**/*.ts'],
      // The schemas are the model's, and so is the package they are made with.
      ignoreDependencies: ['zod'],
    },
    'packages/core': { entry: ['src/layer/worker.ts'] },
    'packages/*': {},
  },
  // Testkit stands on the core, so the core's tests cannot name it as a dependency without a circle.
  ignoreDependencies: ['@plimsoll/testkit'],
  // A type that only its own file uses by name is still part of a contract.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
