import { z } from 'zod';

/**
 * A content digest: algorithm, colon, lower-case hex. One form serves three arithmetics: digest (bytes as stored),
 * {@link DiffId} (uncompressed tar) and {@link ChainId} (a layer on all below it).
 * https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
 */
export type Digest = `sha256:${string}` | `sha512:${string}`;
/** Digest of a layer's uncompressed tar. */
export type DiffId = Digest;
/** Digest of a layer on all layers below it: https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid */
export type ChainId = Digest;

const PATTERN = /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Whether a string is a digest that Plimsoll can verify. */
export function isDigest(value: string): value is Digest {
  return PATTERN.test(value);
}

/** Schema of a {@link Digest}. */
export const digestSchema = z.string().regex(PATTERN, 'not a sha256 or sha512 digest') as unknown as z.ZodType<Digest>;

/** The first twelve hex digits of a digest, as people write it. */
export function shortDigest(digest: string): string {
  const colon = digest.indexOf(':');
  return digest.slice(colon + 1, colon + 13);
}
