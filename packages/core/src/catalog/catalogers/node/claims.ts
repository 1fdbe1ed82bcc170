const FILE = 'package.json';
const MODULES = 'node_modules';

/** Folders of a package that hold other packages for its tests to find. */
const FIXTURES: ReadonlySet<string> = new Set([
  'test',
  'tests',
  '__tests__',
  'spec',
  'fixtures',
  '__fixtures__',
  'testdata',
  'example',
  'examples',
]);

/** What corepack fetches, into `corepack/<name>/<version>` or `corepack/v1/<name>/<version>`. */
const MANAGERS: ReadonlySet<string> = new Set(['npm', 'pnpm', 'yarn']);

/** Whether a path is the package.json of an installed package: of a folder in `node_modules`, or of a package manager that lies elsewhere. */
export function isPackageFile(path: string): boolean {
  if (!path.endsWith(`/${FILE}`)) return false;
  const parts = path.split('/');
  return isInModules(parts) || isPackageManager(parts);
}

/** `.../node_modules/name/package.json` or `.../node_modules/@scope/name/package.json`, not what lies deeper in a package. */
function isInModules(parts: readonly string[]): boolean {
  const last = parts.lastIndexOf(MODULES);
  if (last === -1) return false;
  const [name = '', ...rest] = parts.slice(last + 1, -1);
  const isPlace = name[0] === '@' ? name.length > 1 && rest.length === 1 : rest.length === 0 && name !== '' && name[0] !== '.';
  return isPlace && !isFixture(parts.slice(0, last));
}

/** In a package of another `node_modules`, and there among its tests. A package may be called `test`. */
function isFixture(parts: readonly string[]): boolean {
  const outer = parts.indexOf(MODULES);
  if (outer === -1) return false;
  for (let index = outer + 1; index < parts.length; index += 1) {
    const before = parts[index - 1];
    const isName = before === MODULES || (before?.[0] === '@' && parts[index - 2] === MODULES);
    if (!isName && FIXTURES.has(parts[index] as string)) return true;
  }
  return false;
}

/** Yarn as Node's own images unpack it, `opt/yarn-v1.22.22/package.json`, and what corepack keeps. */
function isPackageManager(parts: readonly string[]): boolean {
  if (parts.at(-2)?.startsWith('yarn-v')) return true;
  return MANAGERS.has(parts.at(-3) ?? '') && (parts.at(-4) === 'corepack' || (parts.at(-4) === 'v1' && parts.at(-5) === 'corepack'));
}
