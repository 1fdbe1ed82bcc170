import { type ImageDescription, isDigest, type Material } from '@plimsoll/model';
import { z } from 'zod';
import type { Context } from '../util/context.ts';
import { isAppError, messageOf } from '../util/errors.ts';
import { attachedAsReferrers, attachedInIndex, type Subject } from './attached.ts';
import type { Attached } from './types.ts';

const PROVENANCE = 'https://slsa.dev/provenance/';
/** How many documents are opened: many do not say what they are, and anyone may attach some. */
const MAX_OPENED = 4;

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
const predicateSchema = z.object({
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
});

/**
 * What the builder attests of an image: the images it used. Taken from the image's index, else from what refers to the image. One that is there and
 * cannot be read becomes a diagnostic.
 */
export async function readProvenance(subject: Subject, context: Context): Promise<ImageDescription['provenance']> {
  return (await firstOf(attachedInIndex, subject, context)) ?? (await firstOf(attachedAsReferrers, subject, context));
}

async function firstOf(
  find: (subject: Subject) => Promise<readonly Attached[]>,
  subject: Subject,
  context: Context,
): Promise<ImageDescription['provenance']> {
  const tell = (error: unknown): readonly Attached[] => {
    if (isAppError(error, 'CANCELLED')) throw error;
    const message = `the provenance of ${subject.raw.name} cannot be read: ${messageOf(error)}`;
    context.diagnose({ code: 'ATTESTATION_UNREADABLE', message, author: 'image' });
    return [];
  };
  const found = await find(subject).catch(tell);
  // A wrapping often does not say what is in it.
  const maybe = [...found.filter(({ kind }) => kind === 'provenance'), ...found.filter(({ kind }) => kind === 'other')];
  for (const document of maybe.slice(0, MAX_OPENED)) {
    try {
      const { predicateType, predicate } = await document.read();
      if (document.kind === 'provenance' || predicateType?.startsWith(PROVENANCE)) return toProvenance(predicateSchema.parse(predicate));
    } catch (error) {
      if (document.kind === 'provenance' || isAppError(error, 'CANCELLED')) tell(error);
    }
  }
  return undefined;
}

function toProvenance(predicate: z.infer<typeof predicateSchema>): NonNullable<ImageDescription['provenance']> {
  const builder = predicate.builder?.id ?? predicate.runDetails?.builder?.id;
  const materials = predicate.materials ?? predicate.buildDefinition?.resolvedDependencies ?? [];
  const dockerfile = toDockerfile(predicate);
  return { ...(builder && { builder }), materials: materials.map(toMaterial), ...(dockerfile && { dockerfile }) };
}

function toMaterial({ uri, digest }: z.infer<typeof material>): Material {
  const sha256 = `sha256:${digest?.sha256 ?? ''}`;
  return { uri, ...(isDigest(sha256) && { digest: sha256 }) };
}

/** The Dockerfile in the build's own words; undefined where it was built in min mode, or from something else. */
function toDockerfile({ metadata, runDetails, invocation, buildDefinition }: z.infer<typeof predicateSchema>) {
  const infos = (metadata?.[BUILDKIT] ?? runDetails?.metadata?.buildkit_metadata)?.source?.infos ?? [];
  const info = infos.find(({ language }) => language === 'Dockerfile');
  if (!info || info.data.length > MAX_DOCKERFILE * 1.4) return undefined;
  const given = invocation?.parameters?.args ?? buildDefinition?.externalParameters?.request?.args ?? {};
  const names = Object.entries(given).flatMap(([key, value]) =>
    key.startsWith(BUILD_ARG) ? [[key.slice(BUILD_ARG.length), value] as const] : [],
  );
  return { file: info.filename, text: Buffer.from(info.data, 'base64').toString(), arguments: Object.fromEntries(names) };
}
