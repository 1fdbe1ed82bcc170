import { type Digest, isDigest, type Material } from '@plimsoll/model';
import { z } from 'zod';
import { annotations } from '../oci/media-types.ts';
import { parseArtifact } from '../oci/parse.ts';
import type { Index } from '../oci/types.ts';
import { collect, parseJson } from '../util/bytes.ts';
import type { Context } from '../util/context.ts';
import { AppError, messageOf } from '../util/errors.ts';
import type { RawImage } from './types.ts';
import { verify } from './verify.ts';

const MAX_STATEMENT = 8 * 1024 * 1024;
const PREDICATE = 'in-toto.io/predicate-type';

const material = z.object({ uri: z.string(), digest: z.record(z.string(), z.string()).nullish() });
const statement = z.object({
  predicate: z.object({
    /** SLSA v0.2: https://slsa.dev/spec/v0.2/provenance */
    builder: z.object({ id: z.string() }).nullish(),
    materials: z.array(material).nullish(),
    /** SLSA v1: https://slsa.dev/spec/v1.0/provenance */
    buildDefinition: z.object({ resolvedDependencies: z.array(material).nullish() }).nullish(),
    runDetails: z.object({ builder: z.object({ id: z.string() }).nullish() }).nullish(),
  }),
});

/**
 * What the builder attests of an image: the images it used. Attestations lie in the image's index, as BuildKit writes them:
 * https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md. One that cannot be read becomes a diagnostic.
 */
export async function readProvenance(
  raw: RawImage,
  index: Index,
  digest: Digest,
  context: Context,
): Promise<{ readonly builder?: string; readonly materials: readonly Material[] } | undefined> {
  const attestation = index.manifests.find(
    ({ annotations: notes }) =>
      notes?.[annotations.referenceType] === 'attestation-manifest' && notes[annotations.referenceDigest] === digest,
  );
  if (!attestation) return undefined;
  try {
    const manifest = await readJson(raw, attestation);
    const blob = parseArtifact(manifest).find(({ annotations: notes }) => notes?.[PREDICATE]?.startsWith('https://slsa.dev/provenance/'));
    if (!blob) return undefined;
    const { predicate } = statement.parse(await readJson(raw, blob));
    const builder = predicate.builder?.id ?? predicate.runDetails?.builder?.id;
    const materials = predicate.materials ?? predicate.buildDefinition?.resolvedDependencies ?? [];
    return { ...(builder && { builder }), materials: materials.map(toMaterial) };
  } catch (error) {
    context.diagnose({
      code: 'ATTESTATION_UNREADABLE',
      message: `the provenance of ${raw.name} cannot be read: ${messageOf(error)}`,
      author: 'image',
    });
    return undefined;
  }
}

async function readJson(raw: RawImage, descriptor: Parameters<RawImage['readBlob']>[0]): Promise<unknown> {
  const bytes = await collect(raw.readBlob(descriptor), MAX_STATEMENT, 'the attestation');
  verify(bytes, descriptor, 'attestation');
  return parseJson(bytes, (cause) => new AppError('MANIFEST_INVALID', 'the attestation is no JSON', { cause }));
}

function toMaterial({ uri, digest }: z.infer<typeof material>): Material {
  const sha256 = `sha256:${digest?.sha256 ?? ''}`;
  return { uri, ...(isDigest(sha256) && { digest: sha256 }) };
}
