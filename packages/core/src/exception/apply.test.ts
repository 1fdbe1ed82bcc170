import type { Digest, Match, Package } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { exceptFor } from './apply.ts';
import { noExceptions } from './load.ts';
import type { ExceptionRule, VexDocument, VexProduct, VexStatus } from './types.ts';

const now = new Date('2026-06-15T12:00:00Z');
const digest: Digest = `sha256:${'a'.repeat(64)}`;
const image = {
  ...standardReports.rich.inventory.image,
  name: 'registry.example/shop/api:1.4',
  aliases: [],
  reference: { registry: 'registry.example', repository: 'shop/api', tag: '1.4' },
  digest,
  platform: { os: 'linux', architecture: 'amd64' },
};
const pack = (id: string, purl: string, more: Partial<Package> = {}): Package => ({
  id,
  type: 'npm',
  name: id,
  version: '1.0.0',
  purl,
  licenses: [],
  evidence: [{ path: `app/node_modules/${id}/package.json`, layer: 2 }],
  introducedIn: 2,
  life: [],
  foundBy: 'node',
  ...more,
});
const deb = pack('openssl', 'pkg:deb/debian/libssl3@3.0.11-1%2Bdeb12u2?arch=amd64&distro=debian-12&os_name=debian&upstream=openssl', {
  type: 'deb',
});
const left = pack('left', 'pkg:npm/left@1.0.0');
const six = pack('six', 'pkg:pypi/six@1.16.0', { type: 'pypi', ownedBy: 'openssl' });
const [sample] = standardReports.rich.matches;
const hit = (item: Package, more: Partial<Match> = {}): Match => {
  const { suppressed: _, ...found } = sample as Match;
  return { ...found, id: 'CVE-2099-1', aliases: ['GHSA-aaaa-bbbb-cccc'], packageId: item.id, package: item.purl, ...more };
};

describe('rules', () => {
  const rule = (more: Partial<ExceptionRule>): ExceptionRule => ({ name: 'rule 1', reason: 'not called', ...more });
  const judge = (more: Partial<ExceptionRule>, found = hit(left)) => {
    const excepting = exceptFor(image, { ...noExceptions, rules: [rule(more)] }, now);
    const { matches } = excepting.apply([found], [deb, left, six]);
    return { suppressed: matches[0]?.suppressed, said: excepting.diagnostics().map(({ code }) => code) };
  };

  it.each<[string, Partial<ExceptionRule>]>([
    ['an id', { vulnerabilities: ['CVE-2099-1'] }],
    ['an alias, in any case', { vulnerabilities: ['CVE-2099-9', 'ghsa-AAAA-bbbb-cccc'] }],
    ['a name', { package: { name: 'le*' } }],
    ['a purl', { package: { purl: 'pkg:npm/left' } }],
    ['a purl with its version', { package: { purl: 'pkg:npm/left@1.0.0' } }],
    ['type and version', { package: { type: 'npm', version: '1.0.0' } }],
    ['a path', { path: '/app/*' }],
    ['a layer', { path: '*', layer: 2 }],
    ['an image', { path: '*', image: 'registry.example/shop/*' }],
    ['a last day that is today', { path: '*', expires: '2026-06-15' }],
  ])('suppress by %s', (_, more) => {
    const { suppressed, said } = judge(more);
    expect(suppressed).toEqual({ by: 'rule', reason: 'not called', ...(more.expires && { until: more.expires }) });
    expect(said).toEqual([]);
  });

  it.each<[string, Partial<ExceptionRule>]>([
    ['another id', { vulnerabilities: ['CVE-2099-10'] }],
    ['another package', { vulnerabilities: ['CVE-2099-1'], package: { name: 'lef' } }],
    ['another version', { package: { purl: 'pkg:npm/left@1.0.1' } }],
    ['another type', { package: { name: 'left', type: 'pypi' } }],
    ['another path', { path: '/usr/*' }],
    ['another layer', { path: '*', layer: 1 }],
    ['no purl', { package: { purl: 'pkg:' } }],
  ])('that name %s suppress nothing, and are said to be stale', (_, more) => {
    expect(judge(more)).toEqual({ suppressed: undefined, said: ['EXCEPTION_UNUSED'] });
  });

  it('suppress nothing when they expired, and say so', () => {
    expect(judge({ path: '*', expires: '2026-06-14' })).toEqual({ suppressed: undefined, said: ['EXCEPTION_EXPIRED'] });
  });

  it('of another image are not stale in this one', () => {
    expect(judge({ path: '*', image: 'registry.example/cart*' })).toEqual({ suppressed: undefined, said: [] });
  });

  it.each<[NonNullable<ExceptionRule['fix']>, Partial<Match>]>([
    ['available', { fixedIn: '2' }],
    ['none', { status: 'affected' }],
    ['will-not-fix', { status: 'will-not-fix' }],
  ])('by fix: %s', (fix, more) => {
    const { fixedIn: _, ...bare } = hit(left);
    const found = { ...bare, ...more };
    for (const wanted of ['available', 'none', 'will-not-fix'] as const)
      expect(judge({ path: '*', fix: wanted }, found).suppressed !== undefined).toBe(wanted === fix);
  });

  it('leave what is suppressed already as it is', () => {
    const suppressed = { by: 'owner', reason: 'counted elsewhere' } as const;
    expect(judge({ path: '*' }, hit(left, { suppressed }))).toEqual({ suppressed, said: [] });
  });
});

describe('VEX statements', () => {
  const statement = (status: VexStatus, products: readonly VexProduct[], time = 1) => ({
    vulnerabilities: ['GHSA-AAAA-BBBB-CCCC'],
    products,
    status,
    reason: 'why',
    time,
  });
  const document = (...statements: VexDocument['statements'][number][]): VexDocument => ({ name: 'shop.json', statements });
  const judge = (documents: readonly VexDocument[], item = left) =>
    exceptFor(image, { ...noExceptions, documents }, now).apply([hit(item)], [deb, left, six]).matches[0]?.suppressed;

  it('suppress what they call not affected or fixed, with who and why', () => {
    expect(judge([document(statement('not_affected', [{ ids: ['pkg:npm/left'] }]))])).toEqual({
      by: 'vex',
      reason: 'shop.json: not affected, why',
    });
    expect(judge([{ ...document(statement('fixed', [{ ids: ['pkg:npm/left'] }])), author: 'Shop' }])).toEqual({
      by: 'vex',
      reason: 'Shop: fixed, why',
    });
  });

  it.each<VexStatus>(['affected', 'under_investigation'])('that say %s suppress nothing', (status) => {
    expect(judge([document(statement(status, [{ ids: ['pkg:npm/left'] }]))])).toBeUndefined();
  });

  const within = (name: string): VexProduct => ({ ids: [name], parts: ['pkg:npm/left'] });
  it.each<[string, VexProduct, Package]>([
    ['a package', { ids: ['pkg:npm/left'] }, left],
    ['its version', { ids: ['other', 'pkg:npm/left@1.0.0'] }, left],
    ['a version written otherwise', { ids: ['pkg:npm/left@v1.0.0'] }, left],
    ['a distribution’s package', { ids: ['pkg:deb/debian/libssl3?os_name=debian'] }, deb],
    ['its exact version and architecture', { ids: ['pkg:deb/debian/libssl3@3.0.11-1+deb12u2?arch=amd64'] }, deb],
    ['its source package', { ids: ['pkg:deb/debian/openssl?arch=source'] }, deb],
    ['the image by name', { ids: ['pkg:oci/api'] }, left],
    ['the image by its name of two parts', { ids: ['pkg:oci/shop%2Fapi'] }, left],
    [
      'the image by digest and repository',
      { ids: [`pkg:oci/api@sha256%3A${'a'.repeat(64)}?repository_url=registry.example/shop/api`] },
      left,
    ],
    ['the image as Docker names it', { ids: ['pkg:docker/shop/api@1.4?repository_url=https://registry.example'] }, left],
    ['the image by a bare reference', { ids: ['registry.example/shop/api:1.4'] }, left],
    ['a part of the image', within('pkg:oci/api?tag=1.4&arch=amd64'), left],
    ['a part of the package that owns it', { ids: ['pkg:deb/debian/libssl3'], parts: ['pkg:pypi/six'] }, six],
  ])('fit %s', (_, product, item) => {
    expect(judge([document(statement('not_affected', [product]))], item)).toMatchObject({ by: 'vex' });
  });

  it.each<[string, VexProduct, Package]>([
    ['another version', { ids: ['pkg:npm/left@1.0.1'] }, left],
    ['another type', { ids: ['pkg:pypi/left'] }, left],
    ['another distribution', { ids: ['pkg:deb/ubuntu/libssl3'] }, deb],
    ['another release', { ids: ['pkg:deb/debian/libssl3?distro=debian-13'] }, deb],
    ['another architecture', { ids: ['pkg:deb/debian/libssl3?arch=arm64'] }, deb],
    ['a qualifier it has not', { ids: ['pkg:npm/left?flavour=x'] }, left],
    ['the source’s name alone', { ids: ['pkg:deb/debian/openssl'] }, deb],
    ['another image', within('pkg:oci/cart'), left],
    ['another tag', within('pkg:oci/api?tag=1.5'), left],
    ['another digest', within(`pkg:oci/api@sha256:${'b'.repeat(64)}`), left],
    ['another registry', within('pkg:oci/api?repository_url=evil.example/shop/api'), left],
    ['another architecture of the image', within('pkg:oci/api?arch=arm64'), left],
    ['the end of a name', within('pkg:oci/pi'), left],
    ['another part', { ids: ['pkg:oci/api'], parts: ['pkg:npm/right'] }, left],
    ['a part of another package', { ids: ['pkg:deb/debian/libc6'], parts: ['pkg:npm/left'] }, left],
    ['nothing', { ids: [] }, left],
    ['no purl', { ids: ['pkg:%%%', 'left', ''] }, left],
  ])('do not fit %s', (_, product, item) => {
    expect(judge([document(statement('not_affected', [product]))], item)).toBeUndefined();
  });

  it('win by their time, whatever their order', () => {
    const [early, late] = [
      statement('not_affected', [{ ids: ['pkg:npm/left'] }], 1),
      statement('affected', [{ ids: ['pkg:npm/left'] }], 2),
    ];
    expect(judge([document(early, late)])).toBeUndefined();
    expect(judge([document(late), document(early)])).toBeUndefined();
    expect(judge([document({ ...late, time: 1 }, { ...early, time: 2 })])).toMatchObject({ by: 'vex' });
  });

  it('of another vulnerability change nothing', () => {
    expect(judge([document({ ...statement('fixed', [{ ids: ['pkg:npm/left'] }]), vulnerabilities: ['CVE-2099-10'] })])).toBeUndefined();
  });

  it('that suppress nothing are noted', () => {
    const excepting = exceptFor(image, { ...noExceptions, documents: [document(statement('affected', [{ ids: ['pkg:npm/left'] }]))] }, now);
    expect([...excepting.apply([hit(left)], [left]).notes.values()]).toEqual([['shop.json says affected: that suppresses nothing']]);
  });
});
