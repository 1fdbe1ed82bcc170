import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic, Inventory, Package } from '@plimsoll/model';
import { purlOf } from '../../catalog/purl.ts';
import { readSbom, sbomFormats } from '../../sbom/read.ts';
import type { ListedPackage, SbomContent } from '../../sbom/types.ts';
import { collect } from '../../util/bytes.ts';
import { AppError, messageOf } from '../../util/errors.ts';
import { sha256 } from '../../util/hash.ts';

const PREFIX = 'sbom://';
const MAX_BYTES = 512 * 1024 * 1024;
/** Where a layer is not known. */
const UNKNOWN_LAYER = -1;

/** Whether an input is a document and no image: by its prefix, or a file that begins as JSON does. */
export function isSbom(input: string): boolean {
  if (input.startsWith(PREFIX)) return true;
  if (input.includes('://') || !statSync(input, { throwIfNoEntry: false })?.isFile()) return false;
  const head = Buffer.alloc(64);
  const handle = openSync(input, 'r');
  const length = readSync(handle, head);
  closeSync(handle);
  return /^\ufeff?\s*\{/.test(head.toString('utf8', 0, length));
}

/**
 * The inventory that a document tells: `sbom://file.json`, `sbom://-` for standard input. What it does not tell is absent: there are no layers, and
 * nothing is known of files and of what is hidden. Throws `IMAGE_NOT_FOUND`, `SBOM_UNREADABLE`, `LIMIT_EXCEEDED`.
 */
export async function indexSbom(input: string): Promise<Inventory> {
  const file = input.startsWith(PREFIX) ? input.slice(PREFIX.length) : input;
  if (file !== '-' && !statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new AppError('IMAGE_NOT_FOUND', `there is no file ${file}`);
  const bytes = await collect(file === '-' ? process.stdin : createReadStream(file), MAX_BYTES, file === '-' ? 'the document' : file);
  return toInventory(readDocument(bytes, file), { bytes, file, input });
}

function readDocument(bytes: Uint8Array, file: string): SbomContent {
  const what = file === '-' ? 'what came in' : file;
  const hint = `give a document in JSON of one of these formats: ${sbomFormats}`;
  try {
    const content = readSbom(new TextDecoder().decode(bytes));
    if (content) return content;
  } catch (cause) {
    throw new AppError('SBOM_UNREADABLE', `reading ${what} as an SBOM: ${messageOf(cause).slice(0, 300)}`, { cause, hint });
  }
  throw new AppError('SBOM_UNREADABLE', `${what} is no SBOM that is known`, { hint });
}

function toInventory(
  { name, distro, packages, passedOver }: SbomContent,
  { bytes, file, input }: { readonly bytes: Uint8Array; readonly file: string; readonly input: string },
): Inventory {
  const digest = sha256(bytes);
  const named = new Map(packages.map((found) => [found.ref, found]));
  const idOf = (found: ListedPackage) => (found.path === undefined ? purlOf(found, distro) : `${purlOf(found, distro)}#${found.path}`);
  const listed = packages.map((found): Package => {
    const { type, version, licenses, architecture, origin, path: place } = found;
    const owner = found.ownedBy === undefined ? undefined : named.get(found.ownedBy);
    return {
      id: idOf(found),
      type,
      name: found.name,
      version,
      purl: purlOf(found, distro),
      licenses,
      ...(architecture && { architecture }),
      ...(origin && { origin }),
      evidence: place === undefined ? [] : [{ path: place, layer: UNKNOWN_LAYER }],
      introducedIn: UNKNOWN_LAYER,
      life: [],
      ...(owner && { ownedBy: idOf(owner) }),
      foundBy: 'sbom',
    };
  });
  const unique = [...new Map(listed.map((found) => [found.id, found])).values()];
  const platform = { os: 'linux', architecture: 'unknown' };
  return {
    schema: 1,
    image: {
      name: name ?? (file === '-' ? 'sbom' : path.basename(file)),
      source: 'sbom',
      input,
      aliases: [],
      digest,
      configDigest: digest,
      platform,
      platforms: [platform],
      size: 0,
      layers: [],
      historyReliable: true,
      config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} },
      annotations: {},
    },
    ...(distro && { distro }),
    packages: unique.toSorted(
      (a, b) => compare(a.type, b.type) || compare(a.name, b.name) || compare(a.version, b.version) || compare(a.id, b.id),
    ),
    hidden: [],
    files: { files: 0, bytes: 0, wastedBytes: 0, layers: [], folders: [], hidden: [] },
    catalogers: {},
    coverage: {
      gaps: ['this is an SBOM: layers, files, and what is shipped but hidden are not known'],
      unreadableFiles: 0,
      skippedFiles: 0,
    },
    diagnostics: passedOver === 0 ? [] : [passedOverFault(passedOver)],
  };
}

function passedOverFault(count: number): Diagnostic {
  const message = `${count} entries of the SBOM name no package of a type that is known`;
  return { code: 'PACKAGE_FILE_SKIPPED', message, author: 'sbom' };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
