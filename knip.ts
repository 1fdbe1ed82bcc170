import type { KnipConfig } from 'knip';

/** Dead files, exports and packages. What a package's `exports` and `bin` name is an entry by itself. */
const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: ['tools/*.{ts,mjs}', 'examples/*.ts', 'test/**/*.test.ts', 'test/e2e/screenshots.ts'],
      project: ['tools/*.{ts,mjs}', 'examples/*.ts', 'test/**/*.ts'],
      // The schemas are the model's, and so is the package they are made with.
      ignoreDependencies: ['zod'],
      // From Debian's packages, for the tests against a real registry and a real package database,
      // engine and builder.
      ignoreBinaries: ['htpasswd', 'docker-registry', 'dpkg-query', 'dockerd', 'buildah', 'rpm', 'diff', 'mkfifo'],
    },
    'packages/core': { entry: ['src/layer/worker.ts'] },
    // The environment of its tests is named in the root's configuration of Vitest.
    'packages/web': { ignoreDependencies: ['happy-dom'] },
    'packages/*': {},
  },
  // Testkit stands on the core, so the core's tests cannot name it as a dependency without a circle.
  ignoreDependencies: ['@plimsoll/testkit'],
  // A type that only its own file uses by name is still part of a contract.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
