import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the checkout; the path is relative to its root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every file that git knows or would take, with this ending. Files that are deleted and not yet committed are left out. */
export function listFiles(...endings: readonly string[]): readonly string[] {
  const out = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  return out
    .split('\0')
    .filter((file) => endings.some((ending) => file.endsWith(ending)) && existsSync(path.join(root, file)))
    .sort();
}

/** TypeScript sources below a folder; tests among them only where asked for. */
export function readSources(folder: string, options: { readonly tests?: boolean } = {}): readonly SourceFile[] {
  return listFiles('.ts', '.tsx')
    .filter((file) => file.startsWith(`${folder}/`) && !file.includes('/fixtures/'))
    .filter((file) => options.tests || !isTest(file))
    .map(readSource);
}

/** One file of the checkout. */
export function readSource(file: string): SourceFile {
  return { path: file, text: readFileSync(path.join(root, file), 'utf8') };
}

/** Whether a file is a test or something only tests use. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.includes('/test-support/');
}

/** Code without comments. Good enough for this code base: no comment marks in its strings but those of addresses. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

/** What a file imports, as written: static, type-only, re-exported, dynamic. */
export function importsOf(text: string): readonly string[] {
  const code = withoutComments(text);
  const from = [...code.matchAll(/\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g)];
  const bare = [...code.matchAll(/(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]/g)];
  const dynamic = [...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)];
  return [...from, ...bare, ...dynamic].map(([, specifier]) => specifier ?? '');
}

/** The imported file of the checkout; undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : undefined;
}
