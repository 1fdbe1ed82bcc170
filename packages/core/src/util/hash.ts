import { createHash } from 'node:crypto';
import type { Digest } from '@plimsoll/model';

/** The sha256 digest of bytes or text (as UTF-8). */
export function sha256(data: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}

/** A digest that is made as bytes pass. */
export interface Hasher {
  update(chunk: Uint8Array): void;
  digest(): Digest;
}

/** A {@link Hasher} of the algorithm of a digest it will be compared with. */
export function createHasher(algorithm: 'sha256' | 'sha512' = 'sha256'): Hasher {
  const hash = createHash(algorithm);
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => `${algorithm}:${hash.digest('hex')}`,
  };
}

/** The algorithm a digest was made with. */
export function algorithmOf(digest: Digest): 'sha256' | 'sha512' {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}
