/** As many packages are read of one document. */
const MAX_PACKAGES = 200_000;

/** Throws past the limit. */
export function checkCount(count: number): void {
  if (count > MAX_PACKAGES) throw new Error(`it lists more than ${MAX_PACKAGES} packages`);
}
