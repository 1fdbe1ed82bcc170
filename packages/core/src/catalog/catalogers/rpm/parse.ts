import type { Finding, PackageDraft } from '../../types.ts';
import { isBdb, readBdb } from './bdb.ts';
import { type Header, readHeader } from './header.ts';
import { isNdb, readNdb } from './ndb.ts';
import { isSqlite, readSqlite } from './sqlite.ts';

/** Keys that rpm keeps among the packages. */
const KEYS = 'gpg-pubkey';

/**
 * Reads rpm's database, told apart by its first bytes, whatever its name: Berkeley DB (to rpm 4.15), ndb (SUSE), SQLite (since 4.16).
 * Throws where it is none of them or damaged.
 */
export function* parseDatabase(bytes: Uint8Array): Generator<Finding> {
  for (const blob of blobsOf(bytes)) {
    const header = readHeader(blob);
    const draft = toDraft(header);
    if (!draft || draft.name === KEYS) continue;
    yield { kind: 'package', draft };
    const paths = pathsOf(header);
    if (paths.length > 0) yield { kind: 'owns', package: draft.name, paths };
  }
}

function blobsOf(bytes: Uint8Array): Iterable<Uint8Array> {
  if (isSqlite(bytes)) return readSqlite(bytes, 'Packages', 1);
  if (isNdb(bytes)) return readNdb(bytes);
  if (isBdb(bytes)) return readBdb(bytes);
  if (bytes.length === 0) return [];
  throw new Error('it is no rpm database of a known kind');
}

function toDraft({ text, number }: Header): PackageDraft | undefined {
  const [name, version, release] = [text('name')?.trim(), text('version')?.trim(), text('release')?.trim()];
  if (!name || version === undefined || release === undefined) return undefined;
  const epoch = number('epoch') ?? 0;
  const architecture = text('arch');
  const origin = readSource(text('sourceRpm'));
  const license = text('license');
  const module = readModule(text('modularityLabel'));
  return {
    type: 'rpm',
    name,
    version: `${epoch > 0 ? `${epoch}:` : ''}${version}-${release}`,
    ...(architecture && { architecture }),
    ...(origin && { origin }),
    ...(module && { module }),
    licenses: license ? [license] : [],
  };
}

/** `bash-5.1.8-6.el9.src.rpm`: name, version and release of the source package; some vendors write none. */
function readSource(text: string | undefined): PackageDraft['origin'] {
  const found = /^(.+)-([^-]+)-([^-]+)\.(?:no)?src\.rpm$/.exec(text?.slice(0, 512) ?? '');
  return found ? { name: found[1] as string, version: `${found[2]}-${found[3]}` } : undefined;
}

/** `nodejs:18:8060020230324124021:ad008a3a`: module, stream, version and context. https://docs.fedoraproject.org/en-US/modularity/ */
function readModule(label: string | undefined): string | undefined {
  return label !== undefined && label.length <= 300 && /^[^\s:]+:[^\s:]+(?::|$)/.test(label) ? label : undefined;
}

function pathsOf({ texts, numbers }: Header): readonly string[] {
  const [folders, names, places] = [texts('dirNames'), texts('baseNames'), numbers('dirIndexes')];
  return names.flatMap((name, position) => {
    const folder = folders[places[position] ?? -1];
    return folder === undefined ? [] : [`${folder}${name}`.replace(/^\/+/, '')];
  });
}
