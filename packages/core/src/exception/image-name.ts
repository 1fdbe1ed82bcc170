import type { ImageDescription, Reference } from '@plimsoll/model';
import { parseReference } from '../oci/reference.ts';
import type { Purl } from './purl.ts';

/** An image as statements may name it. */
export interface ImageNames {
  readonly texts: ReadonlySet<string>;
  readonly references: readonly Reference[];
  readonly digests: ReadonlySet<string>;
  readonly platform: ImageDescription['platform'];
}

/** Every name of an image. */
export function namesOfImage(image: ImageDescription): ImageNames {
  const { name, aliases, reference, digest, indexDigest, configDigest, platform } = image;
  const parsed = [name, ...aliases].flatMap((text) => tryReference(text) ?? []);
  const digests: readonly string[] = [digest, configDigest, ...(indexDigest ? [indexDigest] : [])];
  return {
    texts: new Set([name, ...aliases, ...digests]),
    references: [...(reference ? [reference] : []), ...parsed],
    digests: new Set(digests),
    platform,
  };
}

/**
 * Whether a purl names the image: https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md, and `pkg:docker/library/debian@12`.
 * The repository need only end in the name, where none is stated in full; digest, tag and platform count where they are stated.
 */
export function fitsImage(stated: Purl, { references, digests, platform }: ImageNames): boolean {
  if (stated.type !== 'oci' && stated.type !== 'docker') return false;
  const { repository_url: place, tag, arch, os, platform: wanted, ...others } = stated.qualifiers;
  if (Object.keys(others).length > 0) return false;
  if (arch !== undefined && arch !== platform.architecture) return false;
  if (os !== undefined && os !== platform.os) return false;
  if (wanted !== undefined && !`${platform.os}/${platform.architecture}/${platform.variant ?? ''}`.startsWith(`${wanted}/`)) return false;
  const { version } = stated;
  const isDigest = version?.includes(':') === true;
  if (isDigest && !digests.has(version)) return false;
  const tags = [tag, isDigest ? undefined : version].filter((text) => text !== undefined);
  const name = stated.namespace === '' ? stated.name : `${stated.namespace}/${stated.name}`;
  return references.some(
    (own) => tags.every((text) => text === own.tag) && (place === undefined ? endsIn(own.repository, name) : isAt(own, place, name)),
  );
}

function endsIn(repository: string, name: string): boolean {
  return repository === name || repository.endsWith(`/${name}`);
}

/** `repository_url` is the repository with the name for `oci`, the registry alone for `docker`. */
function isAt(own: Reference, place: string, name: string): boolean {
  const bare = place.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return [bare, `${bare}/${name}`].some((text) => {
    const stated = tryReference(text);
    return stated?.registry === own.registry && stated.repository === own.repository;
  });
}

function tryReference(text: string): Reference | undefined {
  try {
    return parseReference(text);
  } catch {
    return undefined;
  }
}
