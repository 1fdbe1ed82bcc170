import { codenames, previewWords } from './releases.data.ts';

/** What a tag says, part by part. */
export interface TagParts {
  /** `3.9.18` as numbers; of a bare codename its release: `bookworm` is 12. Empty where the tag names no version. */
  readonly version: readonly number[];
  /** The version as the tag writes it: `24.04`, `bookworm`; empty where it names none. */
  readonly versionText: string;
  /** Everything that is neither version nor distribution nor date nor preview: `slim`, `fpm`. */
  readonly flavor: string;
  /** The distribution as the tag names it: `bookworm`, `alpine3.20`, `alpine`; empty where it does not. */
  readonly distro: string;
  /** A date stamp, `20240812`; empty where there is none. */
  readonly date: string;
  /** Release candidates, nightlies, distributions under work and the like. */
  readonly preview: boolean;
}

/**
 * Reads a tag: `3.13.0rc1-slim-bookworm`, `bookworm-20240812-slim`, `22-alpine3.20`. So that `3.12-slim`, `3.12.4-slim-bookworm` and
 * `3.13-slim` relate as people mean it: one flavor, and versions that are lines of each other or follow each other.
 */
export function parseTag(tag: string): TagParts {
  const words = tag.toLowerCase().split('-');
  const [first = ''] = words;
  const found = isDate(first) ? null : /^v?(\d+(?:\.\d+){0,3})([a-z]+\d*)?$/.exec(first);
  const rest = (found ? words.slice(1) : words).filter((word) => word !== '');
  const version = found ? (found[1] as string).split('.').map(Number) : (codenames[first] ?? []);
  const named = found || version.length === 0 ? rest : rest.slice(1);
  const distro = named.find(isDistro) ?? '';
  return {
    version,
    versionText: found?.[1] ?? (version.length === 0 ? '' : first),
    flavor: named.filter((word) => word !== distro && !isDate(word) && !isPreview(word)).join('-'),
    distro,
    date: rest.find(isDate) ?? '',
    preview: rest.some(isPreview) || (found !== null && /^(?:a|b|rc|alpha|beta)\d*$/.test(found[2] ?? '')),
  };
}

function isDate(word: string): boolean {
  return /^20\d{6}$/.test(word) || /^20\d{6}\.\d+$/.test(word);
}

function isDistro(word: string): boolean {
  return Object.hasOwn(codenames, word) || /^alpine(?:\d+(?:\.\d+)*)?$/.test(word);
}

function isPreview(word: string): boolean {
  return previewWords.has(word.replace(/\d+$/, ''));
}

/** Compares versions number by number as far as both go: 3.9 and 3.9.18 are the same line. */
export function compareTagVersions(a: TagParts, b: TagParts): number {
  for (let i = 0; i < Math.min(a.version.length, b.version.length); i += 1) {
    const difference = (a.version[i] as number) - (b.version[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether both name the same flavor of the same kind of distribution, whatever the release: `slim` and `slim-bookworm`; not `alpine` and `slim`. */
export function isSameClass(a: TagParts, b: TagParts): boolean {
  return a.flavor === b.flavor && isAlpine(a) === isAlpine(b);
}

/** `slim`, `alpine`, `slim (alpine)`: what is said of a tag's class. */
export function classText(parts: TagParts): string {
  return [parts.flavor, ...(isAlpine(parts) ? ['alpine'] : [])].filter((word) => word !== '').join('-') || 'plain';
}

/** How far one tag is from another in shape, 0 the same: the name that a person would choose who wrote the other one. */
export function shapeDistance(a: TagParts, b: TagParts): number {
  return (
    (isSameClass(a, b) ? 0 : 16) +
    Math.abs(a.version.length - b.version.length) * 4 +
    ((a.distro === '') === (b.distro === '') ? 0 : 2) +
    (/\d/.test(a.distro) === /\d/.test(b.distro) ? 0 : 1) +
    ((a.date === '') === (b.date === '') ? 0 : 8)
  );
}

function isAlpine({ distro }: TagParts): boolean {
  return distro.startsWith('alpine');
}
