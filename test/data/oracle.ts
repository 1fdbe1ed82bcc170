import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, openImage } from '@plimsoll/core';

/** `name version`, sorted. */
export type Listed = readonly string[];

/**
 * The file system a container of an image would see after each of its layers, unpacked by the system's tar with whiteouts applied by hand:
 * nothing of our own reader or replay is used. Calls `look` after each layer; the folder goes afterwards.
 */
export async function unpackLayers(input: string, ref: string, look: (root: string, layer: number) => void): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-oracle-'));
  const root = path.join(folder, 'root');
  mkdirSync(root);
  try {
    await using image = await openImage(input, { ref }, createContext());
    for (const { layer, locate } of image.layers) {
      const range = await locate();
      if (!range) throw new Error('a layer is not in a file');
      const names = tar(['-tzf', range.file]).split('\n').filter(Boolean);
      const whiteouts = names.filter((name) => path.basename(name).startsWith('.wh.'));
      for (const name of whiteouts) hide(root, name);
      for (const name of names) if (!name.endsWith('/')) makeWay(path.join(root, name));
      tar(['-xzf', range.file, '-C', root, '--exclude=.wh.*', '--no-same-owner', '--exclude=dev/*']);
      look(root, layer.index);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `dpkg-query` says; the status file read by eye where it is not there. */
export function debPackages(root: string): Listed {
  const database = path.join(root, 'var/lib/dpkg');
  if (!existsSync(path.join(database, 'status'))) return [];
  const asked = spawnSync(
    'dpkg-query',
    [
      `--admindir=${database}`,
      '-W',
      '-f',
      ['db:Status-Status', 'Package', 'Version']
        .map((field) => `\${${field}}`)
        .join(' ')
        .concat('\n'),
    ],
    {
      encoding: 'utf8',
    },
  );
  if (asked.status === 0)
    return sorted(
      asked.stdout
        .split('\n')
        .filter((line) => line.startsWith('installed '))
        .map((line) => line.slice('installed '.length)),
    );
  return sorted(
    readFileSync(path.join(database, 'status'), 'utf8')
      .split('\n\n')
      .filter((text) => /^Status: install ok installed$/m.test(text))
      .map((text) => `${/^Package: (.*)$/m.exec(text)?.[1]} ${/^Version: (.*)$/m.exec(text)?.[1]}`),
  );
}

/** The database of apk, read line by line. */
export function apkPackages(root: string): Listed {
  const file = path.join(root, 'lib/apk/db/installed');
  if (!existsSync(file)) return [];
  const found: string[] = [];
  let name = '';
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('P:')) name = line.slice(2);
    if (line.startsWith('V:')) found.push(`${name} ${line.slice(2)}`);
  }
  return sorted(found);
}

/** A walk of every node_modules: packages that have a name and a version. Node's own images have Yarn besides, in a folder of /opt. */
export function npmPackages(root: string): Listed {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const at = path.join(folder, entry.name);
      if (entry.name === 'node_modules') modules(at);
      else visit(at);
    }
  };
  const modules = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const at = path.join(folder, entry.name);
      if (entry.name.startsWith('@')) modules(at);
      else {
        if (!entry.name.startsWith('.')) look(at);
        visit(at);
      }
    }
  };
  const look = (folder: string) => {
    const file = path.join(folder, 'package.json');
    if (!existsSync(file)) return;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    if (name && version) found.push(`${name} ${version}`);
  };
  visit(root);
  const opt = path.join(root, 'opt');
  if (existsSync(opt)) for (const name of readdirSync(opt)) if (name.startsWith('yarn-v')) look(path.join(opt, name));
  return sorted(found);
}

/** Metadata of installed Python distributions, as `pip` reads it. */
export function pypiPackages(root: string): Listed {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const at = path.join(folder, entry.name);
      const file = entry.name.endsWith('.dist-info')
        ? path.join(at, 'METADATA')
        : entry.name.endsWith('.egg-info')
          ? entry.isFile()
            ? at
            : path.join(at, 'PKG-INFO')
          : undefined;
      if (file && existsSync(file)) {
        const [head = ''] = readFileSync(file, 'utf8').split('\n\n');
        found.push(
          `${(/^Name: (.*)$/m.exec(head)?.[1] ?? '').toLowerCase().replace(/[-_.]+/g, '-')} ${/^Version: (.*)$/m.exec(head)?.[1]}`,
        );
      } else if (entry.isDirectory()) visit(at);
    }
  };
  visit(root);
  return sorted(found);
}

/** A folder that a file or link takes the place of goes; tar would refuse. */
function makeWay(file: string): void {
  if (isFolder(file)) rmSync(file, { recursive: true, force: true });
}

function isFolder(file: string): boolean {
  try {
    return lstatSync(file).isDirectory();
  } catch {
    return false; // not there, or below what is a file until tar has replaced it
  }
}

function hide(root: string, name: string): void {
  const folder = path.join(root, path.dirname(name));
  const base = path.basename(name);
  if (base === '.wh..wh..opq') {
    for (const entry of existsSync(folder) ? readdirSync(folder) : []) rmSync(path.join(folder, entry), { recursive: true, force: true });
    return;
  }
  const target = path.join(folder, base.slice('.wh.'.length));
  if (lstatSync(target, { throwIfNoEntry: false })) rmSync(target, { recursive: true, force: true });
}

function tar(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('tar', words, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`tar ${words.join(' ')}: ${stderr}`);
  return stdout;
}

function sorted(list: readonly string[]): Listed {
  return list.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
