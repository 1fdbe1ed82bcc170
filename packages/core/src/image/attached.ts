import type { Digest } from '@plimsoll/model';
import { annotations } from '../oci/media-types.ts';
import { parseArtifact } from '../oci/parse.ts';
import type { Descriptor, Index } from '../oci/types.ts';
import { collect, parseJson } from '../util/bytes.ts';
import { AppError, isAppError } from '../util/errors.ts';
import { MAX_STATEMENT, type Statement, unwrap } from './statement.ts';
import type { Attached, AttachedKind, RawImage } from './types.ts';
import { verify } from './verify.ts';

/** How much is looked at: whoever may push to a repository may attach to its images. */
const MAX_REFERRERS = 32;
const MAX_DOCUMENTS = 64;

/** The image that documents are looked for. */
export interface Subject {
  readonly raw: RawImage;
  readonly index: Index | undefined;
}

/**
 * Documents that lie in the image's index, as BuildKit writes them:
 * https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md. Throws where the manifest that lists them cannot be read.
 */
export async function attachedInIndex({ raw, index }: Subject): Promise<readonly Attached[]> {
  const { digest } = raw.manifest;
  const attestation = index?.manifests.find(
    ({ annotations: notes }) =>
      notes?.[annotations.referenceType] === 'attestation-manifest' && notes[annotations.referenceDigest] === digest,
  );
  if (!attestation) return [];
  const layers = parseArtifact(await readJson(raw, attestation));
  return layers.slice(0, MAX_DOCUMENTS).map((layer) => toAttached(raw, layer, { from: 'index', type: typeOf(layer) }));
}

/**
 * Documents whose manifest names the image, or its index, as their subject: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers.
 * Signatures are listed and not read. A manifest among them that cannot be read is passed over: anyone may attach.
 */
export async function attachedAsReferrers({ raw }: Subject): Promise<readonly Attached[]> {
  const subjects = [raw.manifest.digest, ...(raw.index ? [raw.index.descriptor.digest] : [])];
  const found: Attached[] = [];
  for (const subject of subjects) {
    for (const referrer of (await raw.referrers?.(subject))?.slice(0, MAX_REFERRERS) ?? []) {
      if (found.length >= MAX_DOCUMENTS) return found;
      found.push(...(await fromReferrer(raw, referrer, subjects)));
    }
    if (found.length > 0) return found;
  }
  return found;
}

async function fromReferrer(raw: RawImage, referrer: Descriptor, subjects: readonly Digest[]): Promise<readonly Attached[]> {
  const hint = typeOf(referrer);
  if (kindOf(hint) === 'signature') return [toAttached(raw, referrer, { from: 'referrer', type: hint })];
  try {
    const layers = parseArtifact(await readJson(raw, referrer));
    return layers.slice(0, MAX_REFERRERS).map((layer) => {
      const own = typeOf(layer);
      return toAttached(raw, layer, { from: 'referrer', type: kindOf(own) === 'other' ? hint || own : own, subjects });
    });
  } catch (error) {
    if (!isAppError(error) || error.code === 'CANCELLED') throw error;
    return [];
  }
}

function toAttached(
  raw: RawImage,
  descriptor: Descriptor,
  { type, from, subjects }: { readonly type: string; readonly from: Attached['from']; readonly subjects?: readonly Digest[] },
): Attached {
  return {
    kind: kindOf(type),
    type,
    from,
    digest: descriptor.digest,
    async read() {
      const statement = unwrap(await readJson(raw, descriptor));
      if (subjects) checkSubjects(statement, subjects);
      return statement;
    },
  };
}

/** A statement that speaks of another image was attached by mistake or worse. A document without a statement speaks of what it is attached to. */
function checkSubjects({ predicateType, subjects: stated }: Statement, subjects: readonly Digest[]): void {
  if (predicateType === undefined || stated.some((hex) => subjects.some((digest) => digest === `sha256:${hex}`))) return;
  throw new AppError('MANIFEST_INVALID', 'the attestation speaks of another image');
}

/** What a descriptor says that the document is. */
function typeOf({ annotations: notes, artifactType, mediaType }: Descriptor): string {
  const stated = notes?.['in-toto.io/predicate-type'] ?? notes?.['dev.sigstore.bundle.predicateType'] ?? notes?.predicateType;
  return (stated || artifactType || mediaType).slice(0, 1024);
}

const KINDS: readonly (readonly [RegExp, AttachedKind])[] = [
  [/^https:\/\/slsa\.dev\/provenance\b/, 'provenance'],
  [/^https:\/\/spdx\.dev\/|spdx|^https:\/\/cyclonedx\.org\/|cyclonedx|^application\/vnd\.syft\b/, 'sbom'],
  [/openvex|\bcsaf\b/, 'vex'],
  [/cosign\.(?:simplesigning|artifact\.sig)|notary\.signature/, 'signature'],
];

function kindOf(type: string): AttachedKind {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}

async function readJson(raw: RawImage, descriptor: Descriptor): Promise<unknown> {
  const bytes = await collect(raw.readBlob(descriptor), MAX_STATEMENT, 'the attestation');
  verify(bytes, descriptor, 'attestation');
  return parseJson(bytes, (cause) => new AppError('MANIFEST_INVALID', 'the attestation is no JSON', { cause }));
}
