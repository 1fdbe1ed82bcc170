/** The parts of an image as a FROM writes it; tag and digest are absent where they are not written. */
export interface ImageName {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits `repository[:tag][@digest]`; signs inside `${...}` do not count, so that words with variables are split too. */
export function splitImage(word: string): ImageName {
  const masked = word.replace(/\$\{[^{}]*\}/g, (use) => '_'.repeat(use.length));
  const at = masked.indexOf('@');
  const end = at === -1 ? word.length : at;
  const colon = masked.lastIndexOf(':', end - 1);
  const isTag = colon > masked.lastIndexOf('/', end - 1);
  return {
    repository: word.slice(0, isTag ? colon : end),
    ...(isTag && { tag: word.slice(colon + 1, end) }),
    ...(at !== -1 && { digest: word.slice(at + 1) }),
  };
}

/** One form for `python`, `library/python`, `docker.io/library/python`, `index.docker.io/python`. */
export function normaliseRepository(repository: string): string {
  const short = repository.replace(/^(?:index\.|registry-1\.)?docker\.io\//, '').replace(/^library\//, '');
  return short.toLowerCase();
}

/** Whether a written image is one of these names. A digest alone is told by the digests. */
export function isSameImage(written: string, names: readonly string[], digests: readonly string[]): boolean {
  const image = splitImage(written);
  if (image.digest !== undefined && digests.includes(image.digest)) return true;
  if (image.digest !== undefined && image.tag === undefined) return false;
  return names.some((name) => {
    const other = splitImage(name);
    return (
      normaliseRepository(other.repository) === normaliseRepository(image.repository) && (other.tag ?? 'latest') === (image.tag ?? 'latest')
    );
  });
}

/** A base as a Dockerfile writes it: images of folders are often called `python_3.9`, where a colon cannot stand. */
export function writtenName({ name, tag }: { readonly name: string; readonly tag?: string | undefined }): string {
  return tag !== undefined && name.endsWith(`_${tag}`) ? `${name.slice(0, -tag.length - 1)}:${tag}` : name;
}
