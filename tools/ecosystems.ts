import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { advisorySources } from '@plimsoll/core';
import { isOsPackageType, type PackageType, packageTypes } from '@plimsoll/model';
import { catalogers } from '../packages/core/src/catalog/registry.ts';
import { distributions } from '../packages/core/src/match/shared/distributions.data.ts';
import { ecosystemOf } from '../packages/core/src/match/shared/ecosystem.ts';
import { schemeOf } from '../packages/core/src/version/compare.ts';

const CORE = '../../packages/core/src';

/** `docs/reference/ecosystems.md`: from the file in an image to the advisory that speaks of it, made from what each module declares. */
export function ecosystemsPage(): string {
  const families = [...Map.groupBy(Object.keys(distributions), (id) => distributions[id]?.family ?? id)];
  const silent = advisorySources.filter(({ ecosystems }) => ecosystems.length === 0);
  return `${[
    '# What is covered',
    'Made from what the modules declare (`npm run ecosystems`). A type of package that has no advisories is listed, and the report says that nothing covers it.',
    '## Packages of languages, and programs',
    table(
      ['type', 'found by', 'order of versions', 'looked up as', 'advisories'],
      packageTypes
        .filter((type) => !isOsPackageType(type))
        .map((type) => {
          const key = ecosystemOf(type, undefined) ?? type;
          return [code(type), finders(type), scheme(type), code(key), speakers(key)];
        }),
    ),
    '## Distributions',
    table(
      ['distribution (`ID` of os-release)', 'type', 'found by', 'order of versions', 'looked up as', 'advisories'],
      families.map(([family, ids]) => {
        const type = typeOf(family);
        const example = distributions[ids[0] ?? '']?.release === 'none' ? family : `${family}:RELEASE`;
        return [ids.map(code).join(', '), code(type), finders(type), scheme(type), code(example), speakers(family)];
      }),
    ),
    'A distribution that is not here has no advisories; its packages are listed all the same.',
    '## What is known of a vulnerability beside the packages it is in',
    table(
      ['source', 'licence'],
      silent.map(({ id, title, license }) => [source(id, title), license]),
    ),
    '## Sources',
    table(
      ['source', 'licence', 'fetched'],
      advisorySources.map(({ id, title, license, onRequest }) => [
        source(id, title),
        license,
        onRequest ? `with \`--source ${id}\`` : 'by every update',
      ]),
    ),
  ].join('\n\n')}\n`;
}

function finders(type: PackageType): string {
  const found = catalogers.filter(({ types }) => (types as readonly PackageType[]).includes(type));
  return found.map(({ id }) => `[${id}](${CORE}/catalog/catalogers/${id}/README.md)`).join(', ') || '–';
}

function scheme(type: PackageType): string {
  const id = schemeOf(type);
  return `[${id}](${CORE}/version/schemes/${id}/README.md)`;
}

function speakers(ecosystem: string): string {
  const found = advisorySources.filter(({ ecosystems }) => ecosystems.includes(ecosystem));
  return found.map(({ id, title }) => source(id, title)).join(', ') || 'none';
}

function source(id: string, title: string): string {
  return `[${title}](${CORE}/advisory/sources/${id}/README.md)`;
}

function typeOf(family: string): PackageType {
  if (['alpine', 'chainguard', 'wolfi'].includes(family)) return 'apk';
  return ['debian', 'ubuntu'].includes(family) ? 'deb' : 'rpm';
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), `|${'---|'.repeat(columns.length)}`, ...rows.map(line)].join('\n');
}

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../docs/reference/ecosystems.md', import.meta.url)), ecosystemsPage());
