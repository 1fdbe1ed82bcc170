import { importsOf, resolveImport, type SourceFile, withoutComments } from './sources.ts';

const CORE = 'packages/core/src/';

/** Folders of the core, lowest floor first. Who stands on one floor never imports a neighbour. */
export const floors = [
  ['util'],
  ['tar'],
  ['oci', 'distro', 'version', 'sbom'],
  ['image', 'catalog', 'engine'],
  ['layer'],
  ['squash'],
  ['advisory', 'match', 'exception', 'base-image', 'recommend', 'compare', 'format'],
  ['store'],
  ['pipeline'],
  ['index.ts'],
] as const;

/** Contracts that a neighbour may read. */
const lent: Readonly<Record<string, string>> = { match: 'advisory/types.ts', recommend: 'base-image/types.ts' };

/** Folders that do no input or output and know no clock. */
const pureFolders = ['oci', 'distro', 'version', 'sbom', 'squash', 'match', 'recommend', 'compare', 'format'] as const;

/** Families whose modules never import each other, and the folder that holds the modules. */
export const families = [
  { folder: 'packages/core/src/image/sources', registry: 'packages/core/src/image/registry.ts' },
  { folder: 'packages/core/src/catalog/catalogers', registry: 'packages/core/src/catalog/registry.ts' },
  { folder: 'packages/core/src/version/schemes', registry: 'packages/core/src/version/registry.ts' },
  { folder: 'packages/core/src/advisory/sources', registry: 'packages/core/src/advisory/registry.ts' },
  { folder: 'packages/core/src/match/matchers', registry: 'packages/core/src/match/registry.ts' },
  { folder: 'packages/core/src/exception/readers', registry: 'packages/core/src/exception/registry.ts' },
  { folder: 'packages/core/src/sbom/readers', registry: 'packages/core/src/sbom/registry.ts' },
  { folder: 'packages/core/src/base-image/detectors', registry: 'packages/core/src/base-image/registry.ts' },
  { folder: 'packages/core/src/recommend/rules', registry: 'packages/core/src/recommend/registry.ts' },
  { folder: 'packages/core/src/format/formats', registry: 'packages/core/src/format/registry.ts' },
  { folder: 'packages/web/src/panels', registry: 'packages/web/src/panels/registry.ts' },
] as const;

/** What each package may import of the others, by name. */
const packages: Readonly<Record<string, readonly string[]>> = {
  model: [],
  core: ['@plimsoll/model'],
  server: ['@plimsoll/core', '@plimsoll/model'],
  cli: ['@plimsoll/core', '@plimsoll/model', '@plimsoll/server'],
  web: ['@plimsoll/model'],
  testkit: ['@plimsoll/core', '@plimsoll/model'],
};

/** Imports between packages that are not allowed. */
export function packageFaults(sources: readonly SourceFile[]): readonly string[] {
  return eachImport(sources, (file, specifier) => {
    const own = /^packages\/([^/]+)\//.exec(file.path)?.[1] ?? '';
    const target = resolveImport(file.path, specifier);
    if (target !== undefined && !target.startsWith(`packages/${own}/`)) return 'leaves its package';
    if (!specifier.startsWith('@plimsoll/')) return undefined;
    return packages[own]?.includes(specifier) ? undefined : `packages/${own} may not import it`;
  });
}

/** Imports within the core that go up, or to a neighbour on the same floor. */
export function floorFaults(sources: readonly SourceFile[]): readonly string[] {
  return eachImport(sources, (file, specifier) => {
    const target = resolveImport(file.path, specifier);
    if (!file.path.startsWith(CORE) || !target?.startsWith(CORE)) return undefined;
    const [from, to] = [folderOf(file.path), folderOf(target)];
    if (from === to) return undefined;
    if (lent[from] === target.slice(CORE.length)) return undefined;
    const [own, other] = [floorOf(from), floorOf(to)];
    if (own === -1) return `${from} stands on no floor`;
    if (other === -1) return `${to} stands on no floor`;
    if (other > own) return `goes up from ${from} to ${to}`;
    return other === own ? `${from} and ${to} are neighbours` : undefined;
  });
}

/** Imports from one module of a family to another. */
export function moduleFaults(sources: readonly SourceFile[]): readonly string[] {
  return eachImport(sources, (file, specifier) => {
    const target = resolveImport(file.path, specifier);
    for (const { folder } of families) {
      const [own, other] = [moduleOf(folder, file.path), target === undefined ? undefined : moduleOf(folder, target)];
      if (own !== undefined && other !== undefined && own !== other) return `module ${own} imports module ${other}`;
    }
    return undefined;
  });
}

/** Input, output, time and chance in folders that have none of them. */
export function purityFaults(sources: readonly SourceFile[]): readonly string[] {
  const impure: readonly (readonly [RegExp, string])[] = [
    [/\bfetch\s*\(/, 'fetch'],
    [/\bDate\.now\b/, 'Date.now'],
    [/\bnew Date\(\s*\)/, 'new Date()'],
    [/\bprocess\s*[.[]/, 'process'],
    [/\bMath\.random\b/, 'Math.random'],
    [/\bglobalThis\b/, 'globalThis'],
  ];
  return sources
    .filter(({ path }) => pureFolders.some((folder) => path.startsWith(`${CORE}${folder}/`)))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text);
      const node = importsOf(text).filter((specifier) => specifier.startsWith('node:'));
      const used = impure.filter(([pattern]) => pattern.test(code)).map(([, name]) => name);
      return [...node, ...used].map((name) => `${path}: uses ${name}`);
    });
}

function eachImport(sources: readonly SourceFile[], judge: (file: SourceFile, specifier: string) => string | undefined): readonly string[] {
  return sources.flatMap((file) =>
    importsOf(file.text).flatMap((specifier) => {
      const fault = judge(file, specifier);
      return fault === undefined ? [] : [`${file.path}: '${specifier}' ${fault}`];
    }),
  );
}

function folderOf(path: string): string {
  return path.slice(CORE.length).split('/')[0] ?? '';
}

function floorOf(folder: string): number {
  return floors.findIndex((floor) => (floor as readonly string[]).includes(folder));
}

function moduleOf(folder: string, path: string): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined;
  const [module, rest] = path.slice(folder.length + 1).split('/');
  return rest === undefined || module === 'shared' ? undefined : module;
}
