import { z } from 'zod';
import { parseJson } from '../util/bytes.ts';
import { AppError } from '../util/errors.ts';

/** A document that somebody attached to an image, taken out of what it was wrapped in. */
export interface Statement {
  /** What kind of document it is, as a statement says: `https://slsa.dev/provenance/v1`. Absent for a document without a statement around it. */
  readonly predicateType?: string;
  /** The statement's predicate; the document itself where there is no statement. */
  readonly predicate: unknown;
  /** sha256 digests, in hex, of what it speaks of. Empty for a document without a statement around it. */
  readonly subjects: readonly string[];
}

/** Bytes of an envelope's payload; an SBOM of some thousand packages is some megabytes. */
export const MAX_STATEMENT = 8 * 1024 * 1024;
const MAX_SUBJECTS = 1000;

/** https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
const bundleSchema = z.object({ dsseEnvelope: z.unknown() });
/** https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
const envelopeSchema = z.object({ payload: z.string(), payloadType: z.string() });
/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const statementSchema = z.object({
  predicateType: z.string().max(1024),
  predicate: z.unknown(),
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()).nullish() })).nullish(),
});

/**
 * Takes a document out of a sigstore bundle, a DSSE envelope and an in-toto statement, as many of them as are around it. Signatures are not verified.
 * Throws `MANIFEST_INVALID` where a wrapping is malformed or holds something else.
 */
export function unwrap(value: unknown): Statement {
  const bundle = bundleSchema.safeParse(value);
  const inner = bundle.success && bundle.data.dsseEnvelope !== undefined ? bundle.data.dsseEnvelope : value;
  const envelope = envelopeSchema.safeParse(inner);
  const document = envelope.success ? openEnvelope(envelope.data) : inner;
  const statement = statementSchema.safeParse(document);
  if (!statement.success) return { predicate: document, subjects: [] };
  const { predicateType, predicate, subject } = statement.data;
  const subjects = (subject ?? []).slice(0, MAX_SUBJECTS).flatMap(({ digest }) => digest?.sha256 ?? []);
  return { predicateType, predicate, subjects };
}

function openEnvelope({ payload, payloadType }: z.infer<typeof envelopeSchema>): unknown {
  if (!/[+/]json$/.test(payloadType)) {
    throw new AppError('MANIFEST_INVALID', 'the envelope holds something else than JSON');
  }
  if (payload.length > MAX_STATEMENT * 1.4) throw new AppError('LIMIT_EXCEEDED', `the envelope holds more than ${MAX_STATEMENT} bytes`);
  return parseJson(Buffer.from(payload, 'base64'), (cause) => new AppError('MANIFEST_INVALID', 'the envelope holds no JSON', { cause }));
}
