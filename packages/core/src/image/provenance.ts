import { type Digest, type ImageDescription, isDigest, type Material } from '@plimsoll/model';
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

/** What is kept of a Dockerfile that a build attests. */
const MAX_DOCKERFILE = 256 * 1024;
const BUILDKIT = 'https://mobyproject.org/buildkit@v1#metadata';
const BUILD_ARG = 'build-arg:';

/** https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md */
const source = z.object({
  source: z
    .object({ infos: z.array(z.object({ filename: z.string().max(1024), language: z.string().nullish(), data: z.string() })).nullish() })
    .nullish(),
});
const parameters = z.object({ args: z.record(z.string(), z.string()).nullish() });
const material = z.object({ uri: z.string(), digest: z.record(z.string(), z.string()).nullish() });
const statement = z.object({
  predicate: z.object({
    /** SLSA v0.2: https://slsa.dev/spec/v0.2/provenance */
    builder: z.object({ id: z.string() }).nullish(),
    materials: z.array(material).nullish(),
    metadata: z.object({ [BUILDKIT]: source.nullish() }).nullish(),
    invocation: z.object({ parameters: parameters.nullish() }).nullish(),
    /** SLSA v1: https://slsa.dev/spec/v1.0/provenance */
    buildDefinition: z
      .object({
        resolvedDependencies: z.array(material).nullish(),
        externalParameters: z.object({ request: parameters.nullish() }).nullish(),
      })
      .nullish(),
    runDetails: z
      .object({
        builder: z.object({ id: z.string() }).nullish(),
        metadata: z.object({ buildkit_metadata: source.nullish() }).nullish(),
      })
      .nullish(),
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
): Promise<ImageDescription['provenance']> {
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
    const dockerfile = toDockerfile(predicate);
    return { ...(builder && { builder }), materials: materials.map(toMaterial), ...(dockerfile && { dockerfile }) };
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

/** The Dockerfile in the build's own words; undefined where it was built in min mode, or from something else. */
function toDockerfile({ metadata, runDetails, invocation, buildDefinition }: z.infer<typeof statement>['predicate']) {
  const infos = (metadata?.[BUILDKIT] ?? runDetails?.metadata?.buildkit_metadata)?.source?.infos ?? [];
  const info = infos.find(({ language }) => language === 'Dockerfile');
  if (!info || info.data.length > MAX_DOCKERFILE * 1.4) return undefined;
  const given = invocation?.parameters?.args ?? buildDefinition?.externalParameters?.request?.args ?? {};
  const names = Object.entries(given).flatMap(([key, value]) =>
    key.startsWith(BUILD_ARG) ? [[key.slice(BUILD_ARG.length), value] as const] : [],
  );
  return { file: info.filename, text: Buffer.from(info.data, 'base64').toString(), arguments: Object.fromEntries(names) };
}
