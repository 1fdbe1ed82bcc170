import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Kinds of modules, and where each lives. */
export const kinds = {
  cataloger: { folder: 'packages/core/src/catalog/catalogers', registry: 'packages/core/src/catalog/registry.ts' },
  'advisory-source': { folder: 'packages/core/src/advisory/sources', registry: 'packages/core/src/advisory/registry.ts' },
  'image-source': { folder: 'packages/core/src/image/sources', registry: 'packages/core/src/image/registry.ts' },
  'version-scheme': { folder: 'packages/core/src/version/schemes', registry: 'packages/core/src/version/registry.ts' },
  matcher: { folder: 'packages/core/src/match/matchers', registry: 'packages/core/src/match/registry.ts' },
  detector: { folder: 'packages/core/src/base-image/detectors', registry: 'packages/core/src/base-image/registry.ts' },
  rule: { folder: 'packages/core/src/recommend/rules', registry: 'packages/core/src/recommend/registry.ts' },
  format: { folder: 'packages/core/src/format/formats', registry: 'packages/core/src/format/registry.ts' },
  panel: { folder: 'packages/web/src/panels', registry: 'packages/web/src/panels/registry.ts' },
} as const;

/** A kind of module. */
export type Kind = keyof typeof kinds;

/** Families whose ids are a closed set elsewhere: where a new one is entered. */
const closedSets: Partial<Record<Kind, { readonly file: string; readonly end: RegExp; entry(id: string): string }>> = {
  'version-scheme': {
    file: 'packages/core/src/version/types.ts',
    end: /(export type SchemeId = [^;]+)(;)/,
    entry: (id) => ` | '${id}'`,
  },
  panel: { file: 'packages/web/src/state/search.ts', end: /(export const tabs = \[[^\]]+)(\])/, entry: (id) => `, '${id}'` },
};

/** Whether a word is a kind of module. */
export function isKind(word: string | undefined): word is Kind {
  return word !== undefined && Object.hasOwn(kinds, word);
}

/**
 * Makes a module's folder from its templates and enters it at the end of its family's registry. Returns the files written and changed,
 * relative to `root`. Throws where the id is no kebab-case word or the module is there already.
 */
export function newModule(root: string, kind: Kind, id: string): readonly string[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) throw new Error(`"${id}" is no id: use kebab-case, e.g. go-binary`);
  const { folder, registry } = kinds[kind];
  const target = path.join(root, folder, id);
  if (existsSync(target)) throw new Error(`${folder}/${id} is there already`);
  const registryFile = path.join(root, registry);
  const entered = enter(readFileSync(registryFile, 'utf8'), registry, folder, id);

  const templates = path.join(root, 'tools/templates', kind);
  const written: string[] = [];
  for (const template of readdirSync(templates).sort()) {
    const name = fill(template, id).replace(/\.txt$/, '');
    mkdirSync(target, { recursive: true });
    writeFileSync(path.join(target, name), fill(readFileSync(path.join(templates, template), 'utf8'), id));
    written.push(`${folder}/${id}/${name}`);
  }
  writeFileSync(registryFile, entered);
  const closed = closedSets[kind];
  if (closed === undefined) return [...written, registry];
  const file = path.join(root, closed.file);
  writeFileSync(file, readFileSync(file, 'utf8').replace(closed.end, `$1${closed.entry(id)}$2`));
  return [...written, registry, closed.file];
}

/** `go-binary` -> `goBinary`: the name of the module's export. */
function exportName(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function fill(text: string, id: string): string {
  const name = exportName(id);
  return text
    .replaceAll('__id__', id)
    .replaceAll('__name__', name)
    .replaceAll('__Name__', name.charAt(0).toUpperCase() + name.slice(1));
}

/** Adds the import among the others, by path, and the name as the list's last. */
function enter(text: string, registry: string, folder: string, id: string): string {
  const relative = path.posix.relative(path.posix.dirname(registry), folder);
  const prefix = relative === '' ? './' : `./${relative}/`;
  const known = new RegExp(`^import \\{ (\\w+) \\} from '${prefix.replaceAll('.', '\\.')}[a-z0-9-]+/index\\.tsx?';$`, 'gm');
  const imports = [...text.matchAll(known)];
  const [first] = imports;
  if (!first) throw new Error(`${registry} imports no module to put this one beside`);
  const ending = first[0].includes('index.tsx') ? 'tsx' : 'ts';
  const name = exportName(id);
  const line = `import { ${name} } from '${prefix}${id}/index.${ending}';`;
  const after = imports.findLast(([other]) => (other.split("'")[1] ?? '') < (line.split("'")[1] ?? ''));
  const at = after ? after.index + after[0].length + 1 : first.index;
  const withImport = `${text.slice(0, at)}${line}\n${text.slice(at)}`;
  const list = /(= \[)([^\]]*?)(,?\s*)(\] as const satisfies)/.exec(withImport);
  if (!list) throw new Error(`${registry} has no list "[...] as const satisfies"`);
  const whole = list[0];
  const separator = (list[2] ?? '').includes('\n') ? ',\n  ' : ', ';
  return withImport.replace(whole, `${list[1]}${list[2]}${separator}${name}${list[3]}${list[4]}`);
}
