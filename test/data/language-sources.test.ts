import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Match, PackageType } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advisorySources } from '../../packages/core/src/advisory/registry.ts';
import type { AdvisoryRecord } from '../../packages/core/src/advisory/types.ts';
import { match } from '../../packages/core/src/match/match.ts';
import { type AdvisoryDatabase, openAdvisoryDatabase } from '../../packages/core/src/store/advisory-database.ts';
import { createContext } from '../../packages/core/src/util/context.ts';

const from = path.resolve(import.meta.dirname, '../../../shared/data/advisories');
const present = existsSync(from);
if (!present) console.log(`test/data/language-sources: skipped, ${from} is not there`);

/** Source, document, and the records it gives: counted by a script of a few lines that shares nothing with ours. */
const documents = [
  ['osv', 'golang-vulndb/all.zip', 3830], // 4,291, less 17 withdrawn, less 444 whose every range is in versions that are not the module's
  ['osv', 'ghsa-subset/ghsa-osv.zip', 394], // one is about Swift alone
  ['osv', 'rustsec/all.zip', 727], // 1,206, less 13 withdrawn and 466 that are no vulnerabilities
  ['osv', 'bitnami/all.zip', 7444],
  ['osv', 'pypa/all.zip', 2651],
  ['osv', 'npm/npm-osv-derived.zip', 757],
  ['rubysec', 'rubysec/ruby-advisory-db.tar.gz', 1365], // 1,381, less 14 of another platform and two that leave no version
  ['friendsofphp', 'friendsofphp/security-advisories.tar.gz', 1592],
  ['vulnrichment', 'vulnrichment/vulnrichment-compact-2024-10-24.jsonl.gz', 44_026], // 44,130, less 104 rejected
] as const;

describe.runIf(present)('feeds of languages, of Bitnami, and of CVE records', () => {
  let folder: string;
  let database: AdvisoryDatabase;
  const counts = new Map<string, number>();
  const faults: string[] = [];
  let seconds = 0;
  const context = createContext({
    env: {},
    offline: true,
    diagnose: ({ message }) => {
      faults.push(message);
    },
  });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-languages-'));
    database = openAdvisoryDatabase(path.join(folder, 'advisories.db'));
    const start = performance.now();
    for (const source of advisorySources) {
      const files = documents.filter(([id]) => id === source.id).map(([, file]) => file);
      async function* records(): AsyncGenerator<AdvisoryRecord> {
        for (const file of files) {
          for await (const record of source.parse({ name: file, file: path.join(from, file) }, context)) {
            counts.set(file, (counts.get(file) ?? 0) + 1);
            yield record;
          }
        }
      }
      const { id, title, license } = source;
      const state = { fingerprint: 'x', updated: '2026-01-01T00:00:00Z' };
      if (files.length > 0) await database.replace({ id, title, license, sample: false }, state, records());
    }
    seconds = (performance.now() - start) / 1000;
  }, 120_000);
  afterAll(async () => {
    database?.[Symbol.dispose]();
    if (folder) await rm(folder, { recursive: true });
  });

  const find = (type: PackageType, name: string, version: string): readonly Match[] =>
    match([{ id: 'p', type, name, version, purl: `pkg:${type}/p`, introducedIn: 0 }], undefined, database).matches;
  const ids = (...wanted: Parameters<typeof find>) => find(...wanted).map(({ id }) => id);

  it('are read whole, without a fault, in seconds', () => {
    expect(faults).toEqual([]);
    expect([...counts].sort()).toEqual(documents.map(([, file, count]) => [file, count]).sort());
    expect(seconds).toBeLessThan(60);
  });

  it.each<[string, PackageType, string, string, string, string]>([
    ['Log4Shell', 'maven', 'org.apache.logging.log4j:log4j-core', '2.14.1', 'CVE-2021-44228', '2.15.0'],
    ['Text4Shell', 'maven', 'org.apache.commons:commons-text', '1.9', 'CVE-2022-42889', '1.10.0'],
    ['Spring4Shell', 'maven', 'org.springframework:spring-beans', '5.3.17', 'CVE-2022-22965', '5.3.18'],
    ['HTTP/2 CONTINUATION', 'golang', 'golang.org/x/net', 'v0.17.0', 'CVE-2023-45288', '0.23.0'],
    ['html/template of Go 1.20', 'golang', 'stdlib', '1.20', 'CVE-2023-24538', '1.20.3'],
    ['a module written in another case', 'golang', 'github.com/Azure/go-ntlmssp', 'v0.0.0', 'CVE-2026-32952', '0.1.1'],
    ['columns of Rails', 'gem', 'activerecord', '6.1.6', 'CVE-2022-32224', '6.1.6.1'],
    ['Symfony', 'composer', 'symfony/http-kernel', '7.4.11', 'CVE-2026-45075', '7.4.12'],
    ['Newtonsoft.Json', 'nuget', 'Newtonsoft.Json', '12.0.3', 'GHSA-5crp-9r3c-p9vr', '13.0.1'],
    ['Newtonsoft.Json in lower case', 'nuget', 'newtonsoft.json', '12.0.3', 'GHSA-5crp-9r3c-p9vr', '13.0.1'],
    ['Redis, put there by hand', 'generic', 'redis', '7.2.3', 'CVE-2023-41056', '7.2.4'],
    ['Redis of Bitnami', 'bitnami', 'redis', '7.2.3-0', 'CVE-2023-41056', '7.2.4'],
    ['Apache, under its other name', 'generic', 'httpd', '2.4.57', 'CVE-2024-38476', '2.4.60'],
    ['Node.js', 'generic', 'node', '20.11.0', 'CVE-2024-22019', '20.11.1'],
    ['Java 8', 'generic', 'openjdk', '1.8.0_392', 'CVE-2024-20918', '8.0.401'],
    ['Ruby', 'generic', 'ruby', '3.1.2', 'CVE-2021-33621', '3.1.3'],
  ])('find %s, and not its fix', (_name, type, name, version, id, fixedIn) => {
    expect(find(type, name, version).find((found) => found.id === id)).toMatchObject({ fixedIn });
    expect(ids(type, name, type === 'bitnami' ? `${fixedIn}-0` : fixedIn)).not.toContain(id);
  });

  it('say nothing where there is nothing', () => {
    expect(ids('maven', 'org.apache.logging.log4j:log4j-core', '2.17.1')).toEqual([]);
    expect(ids('nuget', 'Newtonsoft.Json', '13.0.3')).toEqual([]);
  });

  it('take an unmaintained crate for no vulnerability, and keep others of crates.io', () => {
    expect(ids('cargo', 'ansi_term', '0.12.1')).toEqual([]);
    expect(find('cargo', 'time', '0.1.42')[0]).toMatchObject({
      id: 'CVE-2020-26235',
      aliases: expect.arrayContaining(['RUSTSEC-2020-0071']),
    });
  });

  it('do not take a module for vulnerable whose true range is not in its versions', () => {
    const found = find('golang', 'k8s.io/ingress-nginx', 'v0.0.0-20240101000000-000000000000');
    expect(found.flatMap(({ id, aliases }) => [id, ...aliases])).not.toContain('GO-2024-2428');
  });

  it('count one vulnerability once, whoever speaks of it: GitHub’s word first, CVE records’ last', () => {
    const found = find('golang', 'golang.org/x/net', 'v0.17.0').filter(({ id }) => id === 'CVE-2023-45288');
    expect(found).toHaveLength(1);
    expect(found[0]?.opinions.at(-1)?.source).toBe('cisa');
    expect(find('maven', 'org.apache.commons:commons-text', '1.9')[0]).toMatchObject({ severity: 'critical', severitySource: 'github' });
  });

  it('take the severity of the CVE record where no source that names the package has one', () => {
    const silent = find('composer', 'symfony/symfony', '5.4.30').filter(({ severitySource }) => severitySource !== 'friendsofphp');
    expect(silent.map(({ id, severity }) => [id, severity])).toContainEqual(['CVE-2023-46734', 'medium']);
  });

  it('say which programs nobody speaks of', () => {
    const program = { id: 'p', type: 'generic', name: 'openssl', version: '1.1.1w', purl: 'pkg:generic/openssl', introducedIn: 0 } as const;
    expect(match([program], undefined, database).gaps).toEqual(['no advisories are known of openssl']);
  });
});
