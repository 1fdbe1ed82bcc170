import { createRootRoute, createRoute, createRouter, type RouterHistory } from '@tanstack/react-router';
import { Shell } from './components/shell.tsx';
import { Empty } from './components/state.tsx';
import { ComparePage } from './pages/compare/page.tsx';
import { DataPage } from './pages/data/page.tsx';
import { DetailsPage } from './pages/details/page.tsx';
import { ImagesPage } from './pages/images/page.tsx';
import { parseDetailsSearch } from './state/search.ts';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Empty title="There is no such page">
      <a href="/">All images</a>
    </Empty>
  ),
});
const images = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (raw: Record<string, unknown>): { readonly q?: string; readonly sort?: string } => ({
    ...(typeof raw.q === 'string' && raw.q !== '' && { q: raw.q }),
    ...(typeof raw.sort === 'string' && { sort: raw.sort }),
  }),
  component: ImagesPage,
});
const details = createRoute({
  getParentRoute: () => root,
  path: '/images/$digest',
  validateSearch: parseDetailsSearch,
  component: DetailsPage,
});
const data = createRoute({ getParentRoute: () => root, path: '/data', component: DataPage });

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: (raw: Record<string, unknown>): { readonly image?: string; readonly with?: string } => ({
    ...(typeof raw.image === 'string' && { image: raw.image }),
    ...(typeof raw.with === 'string' && { with: raw.with }),
  }),
  component: ComparePage,
});

const routeTree = root.addChildren([images, details, data, compare]);

/** The pages and their addresses. A history is given by tests. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({ routeTree, scrollRestoration: true, pathParamsAllowedCharacters: [':'], ...(history && { history }) });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
