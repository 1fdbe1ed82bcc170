import type { ImageDescription } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import type { PackageDraft } from '../catalog/types.ts';
import type { LayerEntry, LayerFacts } from '../layer/types.ts';
import { squash } from './squash.ts';

const STATUS = 'var/lib/dpkg/status';
const digest = `sha256:${'a'.repeat(64)}` as const;

/** Entries written short: `a/b=10` a file of ten bytes, `a/` a folder, `a->b` a link, `-a` a whiteout, `!a` an opaque one. */
function entry(text: string): LayerEntry {
  if (text.startsWith('-')) return { path: text.slice(1), kind: 'whiteout', size: 0 };
  if (text.startsWith('!')) return { path: text.slice(1), kind: 'opaque', size: 0 };
  if (text.endsWith('/')) return { path: text.slice(0, -1), kind: 'directory', size: 0 };
  const [path = '', link] = text.split('->');
  if (link !== undefined) return { path, kind: 'symlink', size: 0, link };
  const [file = '', size = '1'] = text.split('=');
  return { path: file, kind: 'file', size: Number(size) };
}

interface Spec {
  readonly entries: readonly string[];
  /** Packages a file tells of: path -> `name version`. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  readonly owns?: Readonly<Record<string, readonly string[]>>;
}

function facts({ entries, files = {}, owns = {} }: Spec): LayerFacts {
  return {
    diffId: digest,
    tarBytes: 1024,
    entries: entries.map(entry),
    files: [
      ...Object.entries(files).map(([path, lines]) => ({
        path,
        findings: lines.map((line) => ({ kind: 'package' as const, by: byOf(path), draft: draft(path, line) })),
      })),
      ...Object.entries(owns).map(([path, paths]) => ({
        path,
        findings: [{ kind: 'owns' as const, by: 'dpkg', package: path.replace(/^.*\/|\.list$/g, ''), paths }],
      })),
    ],
    diagnostics: [],
    skippedFiles: 0,
    unreadableFiles: 0,
  };
}

function byOf(path: string): string {
  if (path.endsWith('.jar')) return 'java';
  if (path.startsWith('bin/')) return 'binary';
  return path === STATUS ? 'dpkg' : path.endsWith('package.json') ? 'node' : 'python';
}

function draft(path: string, line: string): PackageDraft {
  const [name = '', version = '', architecture = 'amd64'] = line.split(' ');
  if (path === STATUS) return { type: 'deb', name, version, architecture, licenses: [] };
  if (path.endsWith('.jar')) return { type: 'maven', name, version, licenses: [], within: architecture };
  if (path.startsWith('bin/')) return { type: 'generic', name, version, licenses: [] };
  return { type: path.endsWith('package.json') ? 'npm' : 'pypi', name, version, licenses: [] };
}

/** `history` marks empty layers with `-`: 'x-x' is a layer, an empty one, a layer. */
function replay(layers: readonly Spec[], history = 'x'.repeat(layers.length)) {
  return squash(imageOf(history), layers.map(facts), {});
}

function imageOf(history: string): ImageDescription {
  return {
    name: 'test',
    source: 'test',
    input: 'test',
    aliases: [],
    digest,
    configDigest: digest,
    platform: { os: 'linux', architecture: 'amd64' },
    platforms: [],
    size: 0,
    layers: [...history].map((mark, index) => ({ index, createdBy: '', emptyLayer: mark === '-' })),
    historyReliable: true,
    config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} },
    annotations: {},
  };
}

const seen = (inventory: ReturnType<typeof replay>) =>
  inventory.packages.map(({ name, version, introducedIn }) => `${name} ${version} @${introducedIn}`);
const hiddenOf = (inventory: ReturnType<typeof replay>) =>
  inventory.hidden.map(
    ({ name, version, introducedIn, hiddenBy, replacedBy }) =>
      `${name} ${version} @${introducedIn} hidden by ${hiddenBy} now ${replacedBy ?? 'gone'}`,
  );

describe('packages', () => {
  const status = (...lines: readonly string[]): Spec => ({ entries: [STATUS], files: { [STATUS]: lines } });

  it('stay in the layer that brought them when the database is rewritten', () => {
    expect(seen(replay([status('a 1', 'b 1'), status('a 1', 'b 1', 'c 1')]))).toEqual(['a 1 @0', 'b 1 @0', 'c 1 @1']);
  });

  it('move to the layer that upgrades or downgrades them, and the old version is hidden', () => {
    const inventory = replay([status('a 1', 'b 2'), status('a 1.1', 'b 1')]);
    expect(seen(inventory)).toEqual(['a 1.1 @1', 'b 1 @1']);
    expect(inventory.packages.map(({ life }) => life.map(({ kind }) => kind))).toEqual([
      ['added', 'upgraded'],
      ['added', 'downgraded'],
    ]);
    expect(hiddenOf(inventory)).toEqual(['a 1 @0 hidden by 1 now 1.1', 'b 2 @0 hidden by 1 now 1']);
  });

  it('that are removed and come back belong to the layer that brought them back', () => {
    const inventory = replay([status('a 1', 'b 1'), status('b 1'), status('a 1', 'b 1')]);
    expect(seen(inventory)).toEqual(['a 1 @2', 'b 1 @0']);
    expect(inventory.packages[0]?.life.map(({ kind, layer }) => `${kind} ${layer}`)).toEqual(['added 0', 'removed 1', 'added 2']);
    expect(hiddenOf(inventory)).toEqual(['a 1 @0 hidden by 1 now gone']);
  });

  it('of two architectures are two', () => {
    expect(seen(replay([status('a 1 amd64', 'a 1 i386')]))).toEqual(['a 1 @0', 'a 1 @0']);
  });

  it('count layers as the history does, empty ones included', () => {
    expect(seen(replay([status('a 1'), status('a 1', 'b 1')], 'x--x-'))).toEqual(['a 1 @0', 'b 1 @3']);
  });

  it('whose database goes are not listed, and that is said', () => {
    const inventory = replay([status('a 1'), { entries: ['-var/lib/dpkg'] }]);
    expect(seen(inventory)).toEqual([]);
    expect(inventory.coverage.gaps).toEqual([expect.stringContaining('layer 1 removed the package database var/lib/dpkg/status')]);
  });

  it.each([
    ['a whiteout of the file', ['-app/node_modules/x/package.json']],
    ['a whiteout of a folder above', ['-app']],
    ['an opaque folder', ['app/', '!app']],
    ['a folder replaced with a link, without a whiteout', ['app->elsewhere']],
    ['a folder replaced with a file', ['app=3']],
  ])('of a language go with %s', (_name, entries) => {
    const file = 'app/node_modules/x/package.json';
    const inventory = replay([{ entries: [file], files: { [file]: ['x 1.0.0'] } }, { entries }]);
    expect(seen(inventory)).toEqual([]);
    expect(hiddenOf(inventory)).toEqual(['x 1.0.0 @0 hidden by 1 now gone']);
  });

  it.each([
    ['before', ['-app', 'app/node_modules/x/package.json']],
    ['after', ['app/node_modules/x/package.json', '-app']],
  ])('put in the layer that has a whiteout %s them stay', (_name, entries) => {
    const file = 'app/node_modules/x/package.json';
    const inventory = replay([
      { entries: [file], files: { [file]: ['x 1.0.0'] } },
      { entries, files: { [file]: ['x 2.0.0'] } },
    ]);
    expect(seen(inventory)).toEqual(['x 2.0.0 @1']);
  });

  it('of Python are upgraded though the folder carries the version', () => {
    const old = 'lib/site-packages/six-1.15.0.dist-info/METADATA';
    const now = 'lib/site-packages/six-1.16.0.dist-info/METADATA';
    const inventory = replay([
      { entries: [old], files: { [old]: ['six 1.15.0'] } },
      { entries: ['-lib/site-packages/six-1.15.0.dist-info', now], files: { [now]: ['six 1.16.0'] } },
    ]);
    expect(hiddenOf(inventory)).toEqual(['six 1.15.0 @0 hidden by 1 now 1.16.0']);
    expect(inventory.packages[0]?.life.map(({ kind }) => kind)).toEqual(['added', 'upgraded']);
  });

  it('are found where a link of a lower layer leads', () => {
    const file = 'lib/node_modules/x/package.json';
    const inventory = replay([{ entries: ['usr/lib/', 'lib->usr/lib'] }, { entries: [file], files: { [file]: ['x 1.0.0'] } }]);
    expect(inventory.packages[0]?.evidence).toEqual([{ path: 'usr/lib/node_modules/x/package.json', layer: 1 }]);
  });

  it('know the system package that owns their files, on a merged /usr too', () => {
    const file = 'usr/lib/python3/dist-packages/six.egg-info';
    const inventory = replay([
      {
        entries: [STATUS, file],
        files: { [STATUS]: ['python3-six 1.16'], [file]: ['six 1.16'] },
        owns: { 'var/lib/dpkg/info/python3-six.list': ['lib/python3/dist-packages/six.egg-info'] },
      },
    ]);
    const listed = replay([
      {
        entries: [STATUS, file, 'var/lib/dpkg/info/python3-six.list'],
        files: { [STATUS]: ['python3-six 1.16'], [file]: ['six 1.16'] },
        owns: { 'var/lib/dpkg/info/python3-six.list': ['lib/python3/dist-packages/six.egg-info'] },
      },
    ]);
    const ownerOf = (found: typeof listed) => found.packages.find(({ type }) => type === 'pypi')?.ownedBy;
    expect(ownerOf(inventory)).toBeUndefined(); // the list itself is not there
    expect(ownerOf(listed)).toBe(listed.packages.find(({ type }) => type === 'deb')?.id);
  });
});

describe('archives and programs', () => {
  it('keep each library of an archive apart, two versions of one too', () => {
    const listed = replay([{ entries: ['app.jar'], files: { 'app.jar': ['g:a 1 lib/a-1.jar', 'g:a 2 lib/a-2.jar', 'g:b 1 lib/b.jar'] } }]);
    expect(seen(listed)).toEqual(['g:a 1 @0', 'g:a 2 @0', 'g:b 1 @0']);
    expect(listed.packages[0]?.evidence).toEqual([{ path: 'app.jar!/lib/a-1.jar', layer: 0 }]);
    expect(new Set(listed.packages.map(({ id }) => id)).size).toBe(3);
  });

  it('leave out a program that a package owns or once owned, seen and hidden', () => {
    const list = 'var/lib/dpkg/info/curl.list';
    const listed = replay([
      {
        entries: [STATUS, list, 'bin/curl', 'bin/own'],
        files: { [STATUS]: ['curl 1'], 'bin/curl': ['curl 1'], 'bin/own': ['node 18'] },
        owns: { [list]: ['bin/curl'] },
      },
      { entries: [STATUS, `-${list}`, '-bin/curl'], files: { [STATUS]: [] } },
    ]);
    expect(seen(listed)).toEqual(['node 18 @0']);
    expect(listed.hidden.map(({ type, name }) => `${type} ${name}`)).toEqual(['deb curl']);
  });

  it('say of a package database that it names no packages', () => {
    const emptied = replay([{ entries: [`${STATUS}=40`], files: { [STATUS]: [] } }]);
    expect(emptied.coverage.gaps).toEqual([`the package database ${STATUS} names no packages: what it listed is not known`]);
    expect(replay([{ entries: [`${STATUS}=0`], files: { [STATUS]: [] } }]).coverage.gaps).toEqual([]);
  });

  it('say which programs nobody could identify', () => {
    const list = 'var/lib/dpkg/info/curl.list';
    const programs = ['bin/curl', 'bin/own', 'app/server'];
    const base = facts({ entries: [list, ...programs], files: { 'bin/own': ['node 18'] }, owns: { [list]: ['bin/curl'] } });
    const files = [
      ...base.files,
      ...programs.filter((path) => path !== 'bin/own').map((path) => ({ path, findings: [{ kind: 'program' as const, by: 'binary' }] })),
    ];
    expect(squash(imageOf('x'), [{ ...base, files }], {}).coverage.gaps).toEqual([
      '1 program is in no package and was not identified: app/server',
    ]);
  });
});

describe('files', () => {
  it('count what is seen and what is wasted, by who ships and who hides', () => {
    const { files } = replay([{ entries: ['a=10', 'b=5', 'c/d=7'] }, { entries: ['a=12', '-c'] }]);
    expect(files).toMatchObject({ files: 2, bytes: 17, wastedBytes: 17 });
    expect(files.layers).toEqual([
      { layer: 0, files: 3, bytes: 22, wastedBytes: 17, hidesBytes: 0 },
      { layer: 1, files: 1, bytes: 12, wastedBytes: 0, hidesBytes: 17 },
    ]);
    expect(files.hidden).toEqual([
      { path: 'a', size: 10, layer: 0, hiddenBy: 1, deleted: false },
      { path: 'c/d', size: 7, layer: 0, hiddenBy: 1, deleted: true },
    ]);
  });

  it('keep names that only look like whiteouts', () => {
    expect(replay([{ entries: ['usr/bin/who', 'x.whl', 'awhile.js'] }]).files.files).toBe(3);
  });

  it('are not lost when a folder is named again', () => {
    expect(replay([{ entries: ['a/', 'a/b'] }, { entries: ['a/', 'a/c'] }]).files.files).toBe(2);
  });

  it.each([
    ['a link to itself', ['a->a', 'a/b']],
    ['links in a circle', ['a->b', 'b->a', 'a/c']],
    ['a link out of the root', ['a->../../x', 'a/b']],
  ])('survive %s', (_name, entries) => {
    expect(() => replay([{ entries }])).not.toThrow();
  });
});

it('gives the same bytes for the same layers', () => {
  const spec: readonly Spec[] = [{ entries: [STATUS, 'b', 'a'], files: { [STATUS]: ['z 1', 'a 1'] } }];
  expect(JSON.stringify(replay(spec))).toBe(JSON.stringify(replay(spec)));
  expect(seen(replay(spec))).toEqual(['a 1 @0', 'z 1 @0']);
});
