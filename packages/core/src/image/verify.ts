import type { Digest } from '@plimsoll/model';
import { AppError } from '../util/errors.ts';
import { algorithmOf, createHasher } from '../util/hash.ts';

/** Throws `BLOB_SIZE_MISMATCH` or `BLOB_DIGEST_MISMATCH` where bytes are not what their descriptor says. */
export function verify(bytes: Uint8Array, { digest, size }: { readonly digest: Digest; readonly size: number }, what: string): void {
  if (bytes.length !== size) {
    throw new AppError('BLOB_SIZE_MISMATCH', `the ${what} ${digest} has ${bytes.length} bytes where ${size} are stated`);
  }
  const hasher = createHasher(algorithmOf(digest));
  hasher.update(bytes);
  if (hasher.digest() !== digest) throw new AppError('BLOB_DIGEST_MISMATCH', `the ${what} is not what its digest ${digest} says`);
}
