import type { ImageConfig, Match, Package } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { distro } from '../shared/base.fixture.ts';
import { placeConfig } from './config.ts';
import { installed, inventoryOf, matchOf, takenAway } from './inventory.fixture.ts';
import { simulate } from './simulate.ts';

const plain: ImageConfig = { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} };

interface Spec {
  /** Layers 0 to 2 are the base's. */
  readonly image: readonly string[];
  readonly removed?: readonly string[];
  readonly candidate: readonly string[];
  readonly matches?: readonly (readonly [packageName: string, text: string, fixedIn?: string])[];
  readonly on?: ReturnType<typeof distro>;
}

function run({ image, removed = [], candidate, matches = [], on = distro('debian', '11') }: Spec) {
  const inventory = inventoryOf(
    image.map((text) => installed(text)),
    { hidden: removed.map(takenAway) },
  );
  const other = inventoryOf(
    candidate.map((text) => installed(text)),
    { distro: on },
  );
  const find = (packages: readonly Package[]): readonly Match[] =>
    packages.flatMap((item) =>
      matches.flatMap(([name, text, fixedIn]) => (`${item.name} ${item.version}` === name ? [matchOf(item, text, fixedIn)] : [])),
    );
  return simulate(
    { inventory, matches: find(inventory.packages), base: { name: 'old', config: plain, last: 2 } },
    { name: 'new', inventory: other, matches: find(other.packages), gaps: [] },
    find,
  );
}
const versions = ({ packages }: ReturnType<typeof run>) => packages.map(({ name, version }) => `${name} ${version}`).sort();

describe('packages on another base', () => {
  it.each<[string, Spec, readonly string[]]>([
    [
      'what the base brought is the other base’s',
      { image: ['deb openssl 1 @0', 'deb tar 1 @1'], candidate: ['deb openssl 2', 'deb new 1'] },
      ['new 1', 'openssl 2'],
    ],
    [
      'what my layers copied stays',
      { image: ['deb openssl 1 @0', 'npm lodash 4.0.0 @4'], candidate: ['deb openssl 2'] },
      ['lodash 4.0.0', 'openssl 2'],
    ],
    ['what the base copied goes', { image: ['npm npm 8.0.0 @1'], candidate: ['npm npm 10.0.0'] }, ['npm 10.0.0']],
    [
      'what my layers replaced of the base stays mine',
      { image: ['npm npm 9.0.0 @4 from 8.0.0 @1'], candidate: ['npm npm 10.0.0'] },
      ['npm 9.0.0'],
    ],
    [
      'what my layers upgraded is the newer one: theirs',
      { image: ['deb openssl 2 @4 from 1 @0'], candidate: ['deb openssl 3'] },
      ['openssl 3'],
    ],
    [
      'what my layers upgraded is the newer one: mine',
      { image: ['deb openssl 4 @4 from 1 @0'], candidate: ['deb openssl 3'] },
      ['openssl 4'],
    ],
    ['what my layers removed is removed', { image: [], removed: ['deb curl 1 @0 by 4'], candidate: ['deb curl 2'] }, []],
    ['what the base itself removed is not', { image: [], removed: ['deb curl 1 @0 by 1'], candidate: ['deb curl 2'] }, ['curl 2']],
    ['what I installed and the base has is the base’s', { image: ['deb git 1 @4'], candidate: ['deb git 2'] }, ['git 2']],
    ['what I installed comes anew', { image: ['deb git 1 @4'], candidate: [] }, ['git 1']],
    ['what I installed follows its source', { image: ['deb ssl-dev 1 @4'], candidate: ['deb libssl 2'] }, ['libssl 2', 'ssl-dev 2']],
    [
      'what I installed has no home on another distribution',
      { image: ['deb git 1 @4'], candidate: ['apk musl 1'], on: distro('alpine', '3.20') },
      ['musl 1'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(versions(run(spec))).toEqual(expected);
  });

  it('is an estimate only where packages come anew', () => {
    expect(run({ image: ['deb git 1 @4', 'npm lodash 4.0.0 @4'], candidate: ['deb tar 1'] }).simulation).toMatchObject({
      packages: { gained: 1, lost: 0, changed: 0, estimated: 1 },
    });
  });

  it('warns where a package has no home', () => {
    const { simulation } = run({ image: ['deb git 1 @4'], candidate: ['apk musl 1'], on: distro('alpine', '3.20') });
    expect(simulation.warnings).toEqual([
      expect.stringContaining('another C library: glibc → musl'),
      expect.stringContaining('1 package that your layers install with apt would have to be installed with apk'),
    ]);
  });
});

describe('the runtime', () => {
  const runtime = (base: string, above: string, candidate: string) => {
    const inventory = inventoryOf([], { image: { config: { ...plain, env: [base, above] } } });
    const other = inventoryOf([], { image: { config: { ...plain, env: [candidate] } } });
    const standing = { inventory, matches: [], base: { name: 'old', config: { ...plain, env: [base] }, last: 2 } };
    return simulate(standing, { name: 'new', inventory: other, matches: [], gaps: [] }, () => []).simulation.warnings;
  };

  it.each([
    ['is another one', 'PYTHON_VERSION=3.9.2', '', 'PYTHON_VERSION=3.12.1', ['another Python: 3.9.2 → 3.12.1']],
    ['is gone', 'NODE_VERSION=18.1.0', '', '', ['Node.js 18.1.0 is not in it']],
    ['is a patch newer', 'NODE_VERSION=18.1.0', '', 'NODE_VERSION=18.1.9', []],
    ['comes with layers above the base', '', 'NODE_VERSION=18.1.0', '', []],
  ])('%s', (_, base, above, candidate, warnings) => {
    expect(runtime(base, above, candidate)).toEqual(warnings);
  });
});

describe('vulnerabilities on another base', () => {
  it('are those of the packages then: lost, gained and the signed difference', () => {
    const { simulation } = run({
      image: ['deb openssl 1 @0', 'npm lodash 4.0.0 @4'],
      candidate: ['deb openssl 2', 'deb new 1'],
      matches: [
        ['openssl 1', 'CVE-1 critical'],
        ['openssl 1', 'CVE-2 low'],
        ['openssl 2', 'CVE-2 low'],
        ['new 1', 'CVE-3 medium'],
        ['lodash 4.0.0', 'CVE-4 high'],
      ],
    });
    expect(simulation.counts).toEqual({ critical: 0, high: 1, medium: 1, low: 1, unspecified: 0 });
    expect(simulation.difference).toEqual({ critical: -1, high: 0, medium: 1, low: 0, unspecified: 0 });
    expect(simulation.changes.lost).toEqual([{ id: 'CVE-1', severity: 'critical', package: 'openssl 1', estimated: false }]);
    expect(simulation.changes.gained).toEqual([{ id: 'CVE-3', severity: 'medium', package: 'new 1', estimated: false }]);
  });

  it('of what is installed anew are those without a fix, and an estimate', () => {
    const { simulation } = run({
      image: ['deb git 1 @4'],
      candidate: [],
      matches: [
        ['git 1', 'CVE-1 high', '2'],
        ['git 1', 'CVE-2 low'],
      ],
    });
    expect(simulation.counts).toMatchObject({ high: 0, low: 1 });
    expect(simulation.vulnerabilities).toEqual({ gained: 0, lost: 1, estimated: 1 });
  });
});

describe('settings on another base', () => {
  const old: ImageConfig = { ...plain, env: ['PATH=/usr/bin', 'LANG=C', 'V=1'], cmd: ['bash'], user: 'app' };
  const fresh: ImageConfig = { ...plain, env: ['PATH=/opt/bin:/usr/bin', 'V=2', 'NEW=1'], cmd: ['sh'], exposedPorts: ['80/tcp'] };

  it('come with the base where they are inherited', () => {
    expect(placeConfig(old, old, fresh)).toEqual(fresh);
  });

  it('stay where the image set them, and are built anew where it built on the base’s', () => {
    const mine: ImageConfig = {
      ...old,
      env: ['PATH=/app/bin:/usr/bin', 'LANG=C', 'V=mine', 'OWN=$&'],
      cmd: ['node'],
      user: 'me',
      workingDir: '/srv',
    };
    expect(placeConfig(mine, old, fresh)).toEqual({
      ...fresh,
      env: ['PATH=/app/bin:/opt/bin:/usr/bin', 'V=mine', 'NEW=1', 'OWN=$&'],
      cmd: ['node'],
      user: 'me',
      workingDir: '/srv',
    });
  });

  it('take no command from the base beside an entry point of the image’s own', () => {
    expect(placeConfig({ ...old, entrypoint: ['node'], cmd: [] }, old, fresh)).toMatchObject({ entrypoint: ['node'], cmd: [] });
  });
});
