import type { Distro } from '@plimsoll/model';

/** The C library a distribution is built on. */
export function libcOf({ id, like }: Distro): 'musl' | 'glibc' {
  return id === 'alpine' || like.includes('alpine') ? 'musl' : 'glibc';
}
