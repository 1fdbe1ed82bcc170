import { isDigest, type Reference } from '@plimsoll/model';
import { AppError } from '../util/errors.ts';

const DEFAULT_REGISTRY = 'docker.io';

/**
 * Reads a reference as Docker does: `debian` is `docker.io/library/debian:latest`; a first part with a dot, a colon or the word
 * `localhost` is a registry. A digest without a tag gets no tag. Throws `REFERENCE_INVALID`.
 * https://github.com/distribution/reference/blob/main/reference.go
 */
export function parseReference(text: string): Reference {
  const fail = (why: string) =>
    new AppError('REFERENCE_INVALID', `"${text}" is no image reference: ${why}`, { hint: 'e.g. debian:12-slim' });
  if (text.length === 0 || text.length > 512) throw fail('its length cannot be');
  const at = text.indexOf('@');
  const digest = at === -1 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isDigest(digest)) throw fail('the digest is not a sha256 or sha512 digest');
  let name = at === -1 ? text : text.slice(0, at);
  const colon = name.lastIndexOf(':');
  let tag: string | undefined;
  if (colon > name.lastIndexOf('/')) {
    tag = name.slice(colon + 1);
    name = name.slice(0, colon);
    if (!isTag(tag)) throw fail('the tag has characters that a tag cannot have');
  }
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const hasRegistry = first !== '' && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const registry = hasRegistry ? normaliseRegistry(first) : DEFAULT_REGISTRY;
  let repository = hasRegistry ? name.slice(slash + 1) : name;
  if (registry === DEFAULT_REGISTRY && !repository.includes('/')) repository = `library/${repository}`;
  if (!isRegistry(registry)) throw fail('the registry is no host name');
  if (!isRepository(repository)) throw fail('the repository has characters that a repository cannot have');
  const chosenTag = tag ?? (digest === undefined ? 'latest' : undefined);
  return { registry, repository, ...(chosenTag && { tag: chosenTag }), ...(digest && { digest }) };
}

/** Whether a word can be a tag. */
export function isTag(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text);
}

function normaliseRegistry(host: string): string {
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? DEFAULT_REGISTRY : host;
}

function isRegistry(text: string): boolean {
  return /^(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?$/.test(text);
}

function isRepository(text: string): boolean {
  return text.split('/').every((part) => /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(part));
}
