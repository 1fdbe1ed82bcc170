import type { ImageDescription } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { catalogFile, claimFile } from '../catalog/driver.ts';
import type { LayerFacts } from '../layer/types.ts';
import { squash } from './squash.ts';

const digest = `sha256:${'a'.repeat(64)}` as const;
const platform = { os: 'linux', architecture: 'amd64' };

/** Facts of a layer that holds these files; a path with `-` before it is taken away. */
function facts(layer: Readonly<Record<string, unknown>>): LayerFacts {
  const all = Object.entries(layer).map(([path, value]) => ({ path, text: typeof value === 'string' ? value : JSON.stringify(value) }));
  const kept = all.filter(({ path }) => !path.startsWith('-'));
  return {
    diffId: digest,
    tarBytes: 1024,
    entries: all.map(({ path, text }) =>
      path.startsWith('-') ? { path: path.slice(1), kind: 'whiteout', size: 0 } : { path, kind: 'file', size: text.length },
    ),
    files: kept.map(({ path, text }) => ({
      path,
      findings: claimFile({ path, kind: 'file', size: text.length }).flatMap((cataloger) =>
        'catalog' in cataloger ? catalogFile(cataloger, path, Buffer.from(text)).findings : [],
      ),
    })),
    diagnostics: [],
    skippedFiles: 0,
    unreadableFiles: 0,
  };
}

function inventory(...layers: readonly Readonly<Record<string, unknown>>[]) {
  const image: ImageDescription = {
    name: 'app',
    source: 'registry',
    input: 'app',
    aliases: [],
    digest,
    configDigest: digest,
    platform,
    platforms: [platform],
    size: 1,
    layers: layers.map((_, index) => ({ index, createdBy: '', emptyLayer: false, digest, size: 1, diffId: digest })),
    historyReliable: true,
    config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} },
    annotations: {},
  };
  return squash(image, layers.map(facts), {});
}

const gemspec = (name: string, version: string) => `Gem::Specification.new do |s|\n  s.name = "${name}"\n  s.version = "${version}"\nend\n`;
const GEMS = 'usr/lib/ruby/gems/3.1.0/specifications';
const COMPOSER = 'app/vendor/composer/installed.json';
const DEPS = 'app/Shop.deps.json';
const CONDA = 'opt/conda/conda-meta';
const nuget = (version: string) => ({ libraries: { [`Newtonsoft.Json/${version}`]: { type: 'package' } } });

describe('a package of a language that a later layer replaces', () => {
  it.each([
    [
      'gem',
      { [`${GEMS}/rack-2.2.3.gemspec`]: gemspec('rack', '2.2.3') },
      { [`-${GEMS}/rack-2.2.3.gemspec`]: '', [`${GEMS}/rack-2.2.22.gemspec`]: gemspec('rack', '2.2.22') },
      ['2.2.3', '2.2.22'],
    ],
    [
      'composer',
      { [COMPOSER]: { packages: [{ name: 'psr/log', version: '3.0.1' }] } },
      { [COMPOSER]: { packages: [{ name: 'psr/log', version: '3.0.2' }] } },
      ['3.0.1', '3.0.2'],
    ],
    ['nuget', { [DEPS]: nuget('12.0.3') }, { [DEPS]: nuget('13.0.1') }, ['12.0.3', '13.0.1']],
    [
      'conda',
      { [`${CONDA}/openssl-3.0.12-0.json`]: { name: 'openssl', version: '3.0.12' } },
      { [`-${CONDA}/openssl-3.0.12-0.json`]: '', [`${CONDA}/openssl-3.0.13-0.json`]: { name: 'openssl', version: '3.0.13' } },
      ['3.0.12', '3.0.13'],
    ],
  ])('of type %s was upgraded, and what it was is hidden', (type, first, second, [before, after]) => {
    const { packages, hidden } = inventory(first, second);
    expect(packages).toMatchObject([
      {
        type,
        version: after,
        introducedIn: 1,
        life: [
          { layer: 0, kind: 'added', to: before },
          { layer: 1, kind: 'upgraded', from: before, to: after },
        ],
      },
    ]);
    expect(hidden).toMatchObject([{ type, version: before, hiddenBy: 1, replacedBy: after }]);
  });
});

describe('gems of one name', () => {
  it('may be there in two versions', () => {
    const { packages, hidden } = inventory(
      { [`${GEMS}/rack-2.2.3.gemspec`]: gemspec('rack', '2.2.3') },
      { [`${GEMS}/rack-3.0.8.gemspec`]: gemspec('rack', '3.0.8') },
    );
    expect(packages.map(({ version, introducedIn }) => [version, introducedIn])).toEqual([
      ['2.2.3', 0],
      ['3.0.8', 1],
    ]);
    expect(hidden).toEqual([]);
  });
});
