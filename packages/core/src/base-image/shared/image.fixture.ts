import type { Digest, ImageDescription, Layer } from '@plimsoll/model';
import { chainIds } from '../../oci/chain-id.ts';
import { sha256 } from '../../util/hash.ts';
import { toBaseRecord } from '../record.ts';
import type { BaseIndex, BaseRecord, ImageFacts } from '../types.ts';

/** Nothing is known beside the description. */
export const FACTS: ImageFacts = { packages: [], fingerprints: () => [] };

/** An image of layers named by words; a word in brackets is an empty layer. For tests of detectors. */
export function image(name: string, words: readonly string[], change: Partial<ImageDescription> = {}): ImageDescription {
  const filled = words.filter((word) => !word.startsWith('('));
  const diffIds = filled.map((word) => sha256(word));
  const chain = chainIds(diffIds, sha256);
  let next = 0;
  const layers = words.map((word, index): Layer => {
    if (word.startsWith('(')) return { index, createdBy: word, emptyLayer: true };
    const position = next++;
    const diffId = diffIds[position] as Digest;
    return { index, createdBy: `RUN ${word}`, emptyLayer: false, digest: diffId, diffId, chainId: chain[position] as Digest, size: 1 };
  });
  return {
    name,
    source: 'oci-dir',
    input: 'oci-dir:///x',
    aliases: [],
    digest: sha256(`${name} ${words.join()}`),
    configDigest: sha256(`config ${name} ${words.join()}`),
    platform: { os: 'linux', architecture: 'amd64' },
    platforms: [],
    created: '2026-01-01T00:00:00Z',
    size: words.length,
    layers,
    historyReliable: true,
    config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} },
    annotations: {},
    ...change,
  };
}

/** A base index in memory. */
export function indexOf(...images: readonly ImageDescription[]): BaseIndex {
  const seen = '2026-06-01T00:00:00Z';
  const records: readonly BaseRecord[] = images.map((found) => ({
    ...toBaseRecord(found, { input: found.input, origin: 'added' }),
    firstSeen: seen,
    lastSeen: seen,
  }));
  return {
    byChainIds: (ids) => records.filter(({ chainId }) => chainId !== undefined && ids.includes(chainId)),
    byDigest: (digest) => records.filter((record) => record.digest === digest || record.indexDigest === digest),
    byRepository: (repository) =>
      records.filter((record) => record.repository === repository).sort((a, b) => ((a.created ?? '') < (b.created ?? '') ? 1 : -1)),
    byChain: (kind, ids) =>
      records.filter(({ chainId, chains }) => {
        const found = kind === 'diff' ? chainId : chains?.[kind];
        return found !== undefined && ids.includes(found);
      }),
    historyOfTag: (repository, tag) => records.filter((record) => record.repository === repository && record.tag === tag),
    newestOfTag: (repository, tag) =>
      records
        .filter((record) => record.repository === repository && record.tag === tag)
        .sort((a, b) => ((a.created ?? '') < (b.created ?? '') ? 1 : -1))[0],
    aliasesOf: (digest) => [...new Set(records.filter((record) => record.digest === digest).map(({ name }) => name))].sort(),
    list: () => records,
    fingerprint: () => String(records.length),
  };
}
