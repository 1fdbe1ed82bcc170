import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Match, type Package, type PackageType, packageTypes } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exceptFor } from '../../packages/core/src/exception/apply.ts';
import { loadExceptions, noExceptions } from '../../packages/core/src/exception/load.ts';
import type { Exceptions } from '../../packages/core/src/exception/types.ts';

const archive = path.resolve(import.meta.dirname, '../../../shared/data/advisories/docker-hardened-images/advisories-osv-vex.tar.gz');

interface Statement {
  readonly vulnerability: { readonly name: string };
  readonly status: string;
  readonly timestamp: string;
  readonly products: readonly { readonly '@id': string; readonly subcomponents?: readonly { readonly '@id': string }[] }[];
}

describe.skipIf(!existsSync(archive))('OpenVEX of Docker’s hardened images (skipped where ../shared/data is absent)', () => {
  let folder: string;
  let exceptions: Exceptions;
  let raw: readonly Statement[];
  const { image } = standardReports.rich.inventory;
  const now = new Date('2026-01-01T00:00:00Z');

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-vex-'));
    execFileSync('tar', ['-xzf', archive, '-C', folder, 'vex']);
    const files = execFileSync('find', [folder, '-name', '*.json'], { encoding: 'utf8' }).trim().split('\n');
    raw = files.flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as { readonly statements: readonly Statement[] }).statements);
    exceptions = loadExceptions({ folder, vex: ['vex'] });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read in full', () => {
    const read = exceptions.documents.flatMap(({ statements }) => statements);
    expect(exceptions.diagnostics).toEqual([]);
    expect(exceptions.documents).toHaveLength(107);
    expect(count(read)).toEqual(count(raw));
    expect(read.flatMap(({ products }) => products)).toHaveLength(raw.flatMap(({ products }) => products).length);
    expect(read.every(({ time }) => time > 0)).toBe(true);
  });

  it('fits the packages it names and no other version of them, in bounded time', () => {
    const own = raw
      .filter(({ status }) => status === 'not_affected')
      .flatMap(({ vulnerability: { name: id }, products }) =>
        products.flatMap(({ '@id': purl }) => (typeOf(purl) === undefined ? [] : [{ id, purl }])),
      );
    const unique = [...new Map(own.map((one) => [`${one.id} ${one.purl}`, one])).values()];
    expect(unique.length).toBeGreaterThan(4_000);
    const excepting = exceptFor(image, { ...noExceptions, documents: exceptions.documents }, now);
    const ask = (change: (purl: string) => string) => {
      const packages = unique.map(({ purl }, at) => packageOf(`p${at}`, change(purl)));
      const matches = unique.map(({ id }, at) => matchOf(id, packages[at] as Package));
      return excepting.apply(matches, packages).matches.map(({ suppressed }, at) => ({ ...unique[at], by: suppressed?.by }));
    };
    const open = ask((purl) => purl).filter(({ by }) => by !== 'vex');
    // What stands is what a later statement of the same package takes back.
    const takenBack = new Set(
      raw
        .filter(({ status }) => status !== 'not_affected')
        .flatMap(({ vulnerability, products }) => products.map((one) => `${vulnerability.name} ${one['@id']}`)),
    );
    expect(open.filter(({ id, purl }) => !takenBack.has(`${id} ${purl}`))).toEqual([]);

    const bare = new Set(raw.flatMap(({ vulnerability, products }) => products.map((one) => `${vulnerability.name} ${one['@id']}`)));
    const other = ask((purl) => purl.replace(/@[^?]+/, '@0.0.0-other')).filter(({ by, purl }) => by === 'vex' && purl?.includes('@'));
    // A version nobody named is excepted only where the same package is named without one.
    expect(other.filter(({ id, purl }) => !bare.has(`${id} ${purl?.split(/[@?]/)[0]}`))).toEqual([]);
  });

  function packageOf(id: string, purl: string): Package {
    const type = typeOf(purl) ?? 'generic';
    return { id, type, name: id, version: '1', purl, licenses: [], evidence: [], introducedIn: 0, life: [], foundBy: 'x' };
  }
});

function matchOf(id: string, { id: packageId, purl }: Package): Match {
  const { suppressed: _, ...found } = standardReports.rich.matches[0] as Match;
  return { ...found, id, aliases: [], packageId, package: purl };
}

function typeOf(purl: string): PackageType | undefined {
  const type = /^pkg:([a-z]+)\//.exec(purl)?.[1];
  return packageTypes.find((known) => known === type);
}

function count(statements: readonly { readonly status: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of statements) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
