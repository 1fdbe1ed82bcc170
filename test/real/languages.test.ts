import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogFile, claimFile } from '../../packages/core/src/catalog/driver.ts';
import type { PackageDraft } from '../../packages/core/src/catalog/types.ts';
import { isInstalled } from './servers.ts';

/** A package, and the file of this machine that tells of it. */
type Found = PackageDraft & { readonly file: string };

/** What one cataloger finds below folders of this machine, which are taken for folders of an image. Links are not followed. */
function catalogFolders(folders: readonly string[], by: string): readonly Found[] {
  const found: Found[] = [];
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || realpathSync(file) !== file) continue;
      const claiming = claimFile({ path: file.slice(1), kind: 'file', size: statSync(file).size }).filter(({ id }) => id === by);
      for (const cataloger of claiming) {
        if (!('catalog' in cataloger)) continue;
        const { findings, diagnostic } = catalogFile(cataloger, file.slice(1), readFileSync(file));
        expect(diagnostic).toBeUndefined();
        for (const finding of findings) if (finding.kind === 'package') found.push({ ...finding.draft, file });
      }
    }
  }
  return found;
}

const lines = (found: readonly Found[]) => [...new Set(found.map(({ name, version }) => `${name} ${version}`))].toSorted();
const run = (program: string, args: readonly string[], cwd = '/') => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', cwd, maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // npm ls fails where a peer is not as it should be, and lists all the same.
    const { stdout } = error as { readonly stdout?: unknown };
    return typeof stdout === 'string' ? stdout : '';
  }
};
const report = (what: string, ours: readonly unknown[]) =>
  console.log(`test/real/languages: ${what}: ${ours.length} packages, all the same`);

describe('gem’s own word', () => {
  it.runIf(isInstalled('gem'))('every gem, version and licence', () => {
    const script =
      'Gem::Specification.each { |s| puts [s.name, s.version, s.platform, s.licenses.join("|")].join(" ") }; puts "paths #{Gem.path.join(" ")}"';
    const theirs = run('ruby', ['-e', script]).trim().split('\n');
    const homes = (theirs.pop() ?? '').split(' ').slice(1);
    const ours = catalogFolders(
      homes.map((home) => path.join(home, 'specifications')),
      'ruby',
    );
    const written = ours.map(
      ({ name, version, architecture, licenses }) => `${name} ${version} ${architecture ?? 'ruby'} ${licenses.join('|')}`,
    );
    // RubyGems names a gem once that lies in two homes.
    expect([...new Set(written)].toSorted()).toEqual(theirs.toSorted());
    const listed = run('gem', ['list', '--local'])
      .split('\n')
      .flatMap((line) => /^(\S+) \((.+)\)$/.exec(line) ?? [])
      .filter((_, index) => index % 3 === 1);
    expect([...new Set(ours.map(({ name }) => name))].toSorted()).toEqual(listed.toSorted());
    report('gem list', ours);
  });
});

describe('Composer’s own word', () => {
  it.runIf(isInstalled('composer'))('every package, version and licence of a project', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'plimsoll-composer-'));
    try {
      const packages = [
        { name: 'shop/text', version: 'v6.4.1', license: ['MIT'] },
        { name: 'shop/log', version: '3.0.2', license: ['MIT', 'Apache-2.0'] },
        { name: 'shop/early', version: '1.0.0-beta2', license: 'GPL-2.0-or-later' },
        { name: 'shop/main', version: 'dev-main' },
        { name: 'shop/branch', version: '2.x-dev' },
      ];
      for (const one of packages) {
        mkdirSync(path.join(root, one.name), { recursive: true });
        writeFileSync(path.join(root, one.name, 'composer.json'), JSON.stringify(one));
      }
      const project = path.join(root, 'project');
      mkdirSync(project);
      const [tool, ...rest] = packages.toReversed().map(({ name, version }) => [name, version] as const);
      writeFileSync(
        path.join(project, 'composer.json'),
        JSON.stringify({
          repositories: [
            { packagist: false },
            ...packages.map(({ name }) => ({ type: 'path', url: `../${name}`, options: { symlink: false } })),
          ],
          require: Object.fromEntries(rest),
          'require-dev': Object.fromEntries(tool ? [tool] : []),
          'minimum-stability': 'dev',
        }),
      );
      run('composer', ['install', '--no-interaction', '--no-plugins', '--no-scripts'], project);
      const asked = JSON.parse(run('composer', ['licenses', '--format=json'], project)) as {
        readonly dependencies: Readonly<Record<string, { readonly version: string; readonly license: readonly string[] }>>;
      };
      const theirs = Object.entries(asked.dependencies).map(([name, { version, license }]) => `${name} ${version} ${license.join('|')}`);
      const ours = catalogFolders([path.join(project, 'vendor')], 'php');
      expect(theirs).toHaveLength(packages.length);
      // Composer shows which commit a branch is at behind its name.
      expect(ours.map(({ name, version, licenses }) => `${name} ${version} ${licenses.join('|')}`).toSorted()).toEqual(
        theirs.map((line) => line.replace(/^(\S+ (?:dev-\S+|\S+-dev)) [0-9a-f]{7,40} /, '$1 ')).toSorted(),
      );
      report('composer licenses', ours);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe('pip’s own word', () => {
  const pip = ['pip', 'pip3'].find(isInstalled);
  const pyenv = path.join(homedir(), '.pyenv/versions');
  const homes = existsSync(pyenv) ? readdirSync(pyenv).map((one) => path.join(pyenv, one, 'lib')) : [];
  const places = ['/usr/lib/python3', '/usr/local/lib', ...homes]
    .filter((place) => existsSync(place))
    .flatMap((place) => [place, ...readdirSync(place).map((part) => path.join(place, part))])
    .flatMap((place) => [path.join(place, 'site-packages'), path.join(place, 'dist-packages')])
    .filter((place) => existsSync(place) && readdirSync(place).length > 0);

  it.runIf(pip !== undefined).for(places)('every distribution in %s', (place) => {
    const asked = JSON.parse(run(pip ?? '', ['list', '--format=json', '--path', place]) || '[]') as readonly {
      readonly name: string;
      readonly version: string;
    }[];
    // pip looks at one folder; what packages carry with them lies deeper.
    const ours = catalogFolders([place], 'python').filter(({ file }) => {
      const [first = '', second] = path.relative(place, file).split('/');
      return second === undefined || /\.(?:dist-info|egg-info|egg)$/.test(first);
    });
    expect(lines(ours)).toEqual(asked.map(({ name, version }) => `${name.toLowerCase().replace(/[-_.]+/g, '-')} ${version}`).toSorted());
    report(`pip list --path ${place}`, ours);
  });
});

describe('npm’s own word', () => {
  const globals = ['/usr', '/usr/local'].filter((prefix) => existsSync(path.join(prefix, 'lib/node_modules')));
  const projects = [path.resolve(import.meta.dirname, '../..'), ...globals];

  it.runIf(isInstalled('npm')).for(projects)('every package in %s', (project) => {
    const isGlobal = !existsSync(path.join(project, 'package.json'));
    const where = isGlobal ? ['--global', '--prefix', project] : [];
    const theirs = run('npm', ['ls', ...where, '--all', '--parseable', '--long'], project)
      .trim()
      .split('\n')
      .map((line) => line.split(':') as [string, string, ...string[]])
      // Links lead to packages of the project itself.
      .filter(([file, , link]) => file.includes('/node_modules/') && (link === undefined || !link.startsWith('/')))
      .map(([file, written]) => `${file} ${written}`);
    const ours = catalogFolders([path.join(project, isGlobal ? 'lib/node_modules' : 'node_modules')], 'node').map(
      ({ file, name, version }) => `${path.dirname(file)} ${name}@${version}`,
    );
    const own = ours.filter((line) => !theirs.includes(line));
    expect(theirs.filter((line) => !ours.includes(line))).toEqual([]);
    expect(own).toEqual([]);
    report(`npm ls in ${project}`, ours);
  });
});
