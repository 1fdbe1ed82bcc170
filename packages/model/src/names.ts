import type { Platform, Reference } from './image.ts';

/** A reference as people write it: `docker.io/library/debian:12` becomes `debian:12`. A digest is kept whole. */
export function familiarName(reference: Reference): string {
  const { registry, repository, tag, digest } = reference;
  let name = repository;
  if (registry === 'docker.io') name = repository.startsWith('library/') ? repository.slice('library/'.length) : repository;
  else if (registry !== '') name = `${registry}/${repository}`;
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** `linux/arm64/v8`: the form of `--platform`. */
export function platformName(platform: Platform): string {
  return [platform.os, platform.architecture, platform.variant].filter((part) => part).join('/');
}

/**
 * An instruction as its author wrote it, without what the builder put around it.
 * `/bin/sh -c #(nop)  CMD ["bash"]` becomes `CMD ["bash"]`; `/bin/sh -c apk add x` becomes `RUN apk add x`.
 */
export function instructionOf(createdBy: string): string {
  const text = createdBy.trim().replace(/\s+# buildkit$/, '');
  const nop = /^\/bin\/sh -c #\(nop\)\s*/.exec(text);
  if (nop) return text.slice(nop[0].length).trim();
  const shell = /^(?:\|\d+ .*?)?\/bin\/sh -c /.exec(text);
  if (shell) return `RUN ${text.slice(shell[0].length).trim()}`;
  return text.replace(/^RUN (?:\|\d+ .*?)?\/bin\/sh -c /, 'RUN ');
}
