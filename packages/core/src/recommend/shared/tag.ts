/** What a tag says, part by part. */
export interface TagParts {
  /** `3.9.18` as numbers; empty where the tag names no version. */
  readonly version: readonly number[];
  /** Everything that is neither version nor date nor preview: `slim-bookworm`, `alpine3.20`. */
  readonly variant: string;
  /** Release candidates, nightlies and the like. */
  readonly preview: boolean;
}

const PREVIEW = /^(?:alpha|beta|rc|ea|dev|devel|nightly|edge|rolling|experimental|preview|canary|snapshot)\d*$/;

/** Reads a tag: `3.13.0rc1-slim-bookworm`, `bookworm-20240812-slim`, `22-alpine3.20`. */
export function parseTag(tag: string): TagParts {
  const parts = tag.toLowerCase().split('-');
  const [first = ''] = parts;
  const found = /^v?(\d+(?:\.\d+){0,3})([a-z]+\d*)?$/.exec(first);
  const isVersion = found !== null && !/^\d{8}$/.test(first);
  const rest = (isVersion ? parts.slice(1) : parts).filter((part) => !/^\d{8}$/.test(part));
  return {
    version: isVersion ? (found[1] as string).split('.').map(Number) : [],
    variant: rest.filter((part) => !PREVIEW.test(part)).join('-'),
    preview: rest.some((part) => PREVIEW.test(part)) || (isVersion && /^(?:a|b|rc|alpha|beta)\d*$/.test(found[2] ?? '')),
  };
}

/** Compares versions number by number as far as both go: 3.9 and 3.9.18 are the same line. */
export function compareTagVersions(a: TagParts, b: TagParts): number {
  for (let i = 0; i < Math.min(a.version.length, b.version.length); i += 1) {
    const difference = (a.version[i] as number) - (b.version[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `3.9` */
export function versionText({ version }: TagParts): string {
  return version.join('.');
}
