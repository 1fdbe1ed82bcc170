import type { FileSpec, LayerSpec } from '../image-builder-types.ts';
import { upgraded } from './rows.ts';
import type { SamplePackage, SampleStep } from './types.ts';

/** Which packages the steps so far have installed; databases of packages are written whole. */
export interface InstalledPackages {
  readonly deb: readonly SamplePackage[];
  readonly apk: readonly SamplePackage[];
  readonly pypi: readonly SamplePackage[];
}

/** Before the first step. */
export const nothingInstalled: InstalledPackages = { deb: [], apk: [], pypi: [] };

/** The layers that steps make on what is installed, and what is installed after them. */
export function composeLayers(
  steps: readonly SampleStep[],
  installed: InstalledPackages,
): { readonly layers: readonly LayerSpec[]; readonly installed: InstalledPackages } {
  const layers: LayerSpec[] = [];
  let state = installed;
  for (const step of steps) {
    const files = filesOf(step, state);
    layers.push(files.length === 0 ? { createdBy: step.createdBy, empty: true } : { createdBy: step.createdBy, files });
    state = install(step, state);
  }
  return { layers, installed: state };
}

function install(step: SampleStep, state: InstalledPackages): InstalledPackages {
  return {
    deb: upgraded(state.deb, step.deb ?? []),
    apk: upgraded(state.apk, step.apk ?? []),
    pypi: upgraded(state.pypi, step.pypi ?? []),
  };
}

function filesOf(step: SampleStep, state: InstalledPackages): readonly FileSpec[] {
  const files: FileSpec[] = (step.removes ?? []).map((path) => ({ path, whiteout: true }));
  const next = install(step, state);
  if (step.deb) {
    files.push({ path: 'var/lib/dpkg/status', content: next.deb.map(debParagraph).join('\n') });
    for (const { name } of step.deb) {
      files.push({ path: `var/lib/dpkg/info/${name}.list`, content: `/.\n/usr/share/doc/${name}/copyright\n` });
    }
  }
  if (step.apk) files.push({ path: 'lib/apk/db/installed', content: next.apk.map(apkParagraph).join('\n') });
  for (const row of step.pypi ?? []) {
    const before = state.pypi.find(({ name }) => name === row.name);
    if (before) files.push({ path: distInfo(before, step.python), whiteout: true });
    files.push({
      path: `${distInfo(row, step.python)}/METADATA`,
      content: `Metadata-Version: 2.1\nName: ${row.name}\nVersion: ${row.version}\n\n`,
    });
  }
  for (const { name, version } of step.npm?.packages ?? []) {
    const content = `${JSON.stringify({ name, version, license: 'MIT' })}\n`;
    files.push({ path: `${step.npm?.folder}/node_modules/${name}/package.json`, content });
  }
  for (const [path, content] of Object.entries(step.files ?? {})) files.push({ path, content });
  for (const [path, megabytes] of Object.entries(step.filler ?? {})) {
    files.push({ path, content: Buffer.alloc(Math.round(megabytes * 1_000_000)) });
  }
  return files;
}

function debParagraph({ name, version, origin }: SamplePackage): string {
  const [source, sourceVersion] = origin?.split('@') ?? [];
  const other = sourceVersion !== undefined && sourceVersion !== version ? ` (${sourceVersion})` : '';
  const sourceLine = source !== undefined && (source !== name || other !== '') ? [`Source: ${source}${other}`] : [];
  return `${[`Package: ${name}`, 'Status: install ok installed', 'Architecture: amd64', ...sourceLine, `Version: ${version}`].join('\n')}\n`;
}

function apkParagraph({ name, version, origin }: SamplePackage): string {
  return `P:${name}\nV:${version}\nA:x86_64\no:${origin ?? name}\n`;
}

function distInfo({ name, version }: SamplePackage, python = '3.12'): string {
  return `usr/local/lib/python${python}/site-packages/${name.replace(/-/g, '_')}-${version}.dist-info`;
}
