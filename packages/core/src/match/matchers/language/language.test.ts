import { describe, expect, it } from 'vitest';
import type { AffectedPackage, FoundAdvisory } from '../../../advisory/types.ts';
import type { Subject } from '../../types.ts';
import { language } from './index.ts';

const subject = (version: string, type: 'npm' | 'pypi' | 'bitnami' | 'generic' = 'npm'): Subject => ({
  id: 'p',
  type,
  name: 'a',
  version,
  purl: `pkg:${type}/a@${version}`,
  introducedIn: 0,
});
const found = (affected: Partial<AffectedPackage>): FoundAdvisory => ({
  source: 'osv',
  id: 'GHSA-1',
  advisory: { id: 'GHSA-1', aliases: [], opinions: [], cwes: [], references: [] },
  affected: { ecosystem: 'npm', name: 'a', scheme: 'semver', ranges: [], status: 'affected', ...affected },
});

describe('language', () => {
  it.each([['npm'], ['pypi']] as const)('looks for %s by name', (type) => {
    expect(language.wants(subject('1.0.0', type), undefined)).toBe(true);
    expect(language.keys(subject('1.0.0', type), undefined)).toEqual([{ ecosystem: type, name: 'a' }]);
  });

  it.each([
    ['in the first run', '1.0.5', { affected: true, fixedIn: '1.1.0' }],
    ['between the runs', '1.1.0', { affected: false }],
    ['in the second run', '2.0.0', { affected: true, fixedIn: '2.3.0' }],
    ['after all', '2.3.0', { affected: false }],
  ])('decides %s', (_name, version, expected) => {
    const ranges = [
      { introduced: '1.0.0', fixed: '1.1.0' },
      { introduced: '2.0.0-rc.1', fixed: '2.3.0' },
    ];
    expect(language.decide(subject(version), found({ ranges }))).toMatchObject(expected);
  });

  it.each([
    ['the fixed release', 'bitnami', '2025.2.7-0', { affected: false }],
    ['a build of the release before', 'bitnami', '2025.2.6-3', { affected: true, version: '2025.2.6', fixedIn: '2025.2.7' }],
    ['a patch by a letter', 'generic', '2025.2.7a', { affected: false }],
    ['a candidate', 'generic', '2025.2.7rc1', { affected: true, fixedIn: '2025.2.7' }],
  ] as const)('decides %s of a program', (_name, type, version, expected) => {
    const affected = { ecosystem: 'bitnami', ranges: [{ introduced: '2025.1.0', fixed: '2025.2.7' }] };
    expect(language.decide(subject(version, type), found(affected))).toMatchObject(expected);
  });

  it.each([
    ['golang', 'github.com/Azure/go-ntlmssp', { ecosystem: 'golang', name: 'github.com/azure/go-ntlmssp' }],
    ['composer', 'Symfony/Yaml', { ecosystem: 'composer', name: 'symfony/yaml' }],
    ['nuget', 'Newtonsoft.Json', { ecosystem: 'nuget', name: 'newtonsoft.json' }],
    ['cargo', 'serde_json', { ecosystem: 'cargo', name: 'serde-json' }],
    // What pip installed there has its own metadata: matching it twice would count it twice.
    ['conda', 'openssl', { ecosystem: 'conda', name: 'openssl' }],
    ['maven', 'a.b:C', { ecosystem: 'maven', name: 'a.b:C' }],
    ['generic', 'httpd', { ecosystem: 'bitnami', name: 'apache' }],
    ['generic', 'node', { ecosystem: 'bitnami', name: 'node' }],
    ['bitnami', 'node-min', { ecosystem: 'bitnami', name: 'node-min' }],
  ] as const)('looks for %s %s where its advisories are', (type, name, key) => {
    expect(language.keys({ ...subject('1'), type, name }, undefined)).toEqual([key]);
  });

  it.each([
    ['generic', '1.8.0_352', '8.0.345', false],
    ['generic', '1.8.0_333', '8.0.345', true],
    ['bitnami', '11.2.2-0', '11.2.2-1', true],
    ['bitnami', '11.2.2-1', '11.2.2-1', false],
  ] as const)('compares %s %s with a bound %s', (type, version, fixed, affected) => {
    const ranges = [{ introduced: '0', fixed }];
    expect(language.decide(subject(version, type), found({ ecosystem: 'bitnami', scheme: 'generic', ranges })).affected).toBe(affected);
  });

  it('takes a version that is named', () => {
    expect(language.decide(subject('1.0.5'), found({ versions: ['1.0.5'] }))).toMatchObject({ affected: true, range: '=1.0.5' });
    expect(language.decide(subject('1.0.6'), found({ versions: ['1.0.5'] }))).toMatchObject({ affected: false });
  });

  it('decides nothing of a Go module whose version nobody knows', () => {
    const record = found({ ecosystem: 'golang', name: 'example.org/x', scheme: 'go', ranges: [{ introduced: '0', fixed: '1.2.0' }] });
    expect(language.decide({ ...subject('(devel)'), type: 'golang', name: 'example.org/x' }, record)).toMatchObject({ affected: false });
    expect(language.decide({ ...subject('v1.1.0'), type: 'golang', name: 'example.org/x' }, record)).toMatchObject({ affected: true });
  });
});
