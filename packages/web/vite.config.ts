import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  plugins: [react(), withoutSchemas()],
  // The model is taken from its sources, so that the page needs no build but its own.
  resolve: { conditions: ['plimsoll-source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', assetsInlineLimit: 0 },
  server: { proxy: { '/api': 'http://127.0.0.1:7717' } },
});

/** The page takes words and types from the model and checks nothing with its schemas: told so, the bundler leaves zod out (100 kB). */
function withoutSchemas(): Plugin {
  return {
    name: 'without-schemas',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/packages/model/')) return undefined;
      const pure = code.replace(/^export const (\w+Schema) = /gm, 'export const $1 = /* @__PURE__ */ ');
      return { code: pure, map: null, moduleSideEffects: false };
    },
  };
}
