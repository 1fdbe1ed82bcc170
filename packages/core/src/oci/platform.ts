import { type Platform, platformName } from '@plimsoll/model';
import { AppError } from '../util/errors.ts';

/** Reads `os/arch[/variant]` as `--platform` takes it. Throws `REQUEST_INVALID`. */
export function parsePlatform(text: string): Platform {
  const [os, architecture, variant, ...rest] = text.trim().toLowerCase().split('/');
  if (!os || !architecture || rest.length > 0) {
    throw new AppError('REQUEST_INVALID', `"${text}" is no platform`, { hint: 'write one as os/arch[/variant], e.g. linux/arm64' });
  }
  return normalisePlatform({ os, architecture, ...(variant && { variant }) });
}

/** Other spellings folded: x86_64 is amd64, aarch64 is arm64; arm64 is v8 without being said. */
export function normalisePlatform({ os, architecture, variant }: Platform): Platform {
  const known: Readonly<Record<string, string>> = { x86_64: 'amd64', 'x86-64': 'amd64', aarch64: 'arm64', i386: '386', x64: 'amd64' };
  const arch = known[architecture] ?? architecture;
  const plain = (arch === 'arm64' && variant === 'v8') || (arch === 'amd64' && variant === 'v1');
  return { os, architecture: arch, ...(variant && !plain && { variant }) };
}

/** Whether an image of a platform runs where another is wanted; a wish without a variant takes any. */
export function fitsPlatform(offered: Platform, wanted: Platform): boolean {
  const a = normalisePlatform(offered);
  const b = normalisePlatform(wanted);
  return a.os === b.os && a.architecture === b.architecture && (b.variant === undefined || a.variant === b.variant);
}

/**
 * Chooses among the platforms of an index: the wanted one; else linux on amd64, else the first linux, else the first.
 * Throws `PLATFORM_MISSING` where a platform was asked for and is not there.
 */
export function choosePlatform<Item extends { readonly platform?: Platform }>(items: readonly Item[], wanted: Platform | undefined): Item {
  const offered = items.filter(({ platform }) => platform?.os !== 'unknown');
  const found = wanted
    ? (offered.find(({ platform }) => platform !== undefined && fitsPlatform(platform, wanted)) ?? olderArm(offered, wanted))
    : (offered.find(({ platform }) => platform !== undefined && fitsPlatform(platform, { os: 'linux', architecture: 'amd64' })) ??
      offered.find(({ platform }) => platform?.os === 'linux') ??
      offered[0]);
  if (found) return found;
  const names = offered.map(({ platform }) => (platform ? platformName(platform) : 'unknown')).join(', ') || 'none';
  throw new AppError('PLATFORM_MISSING', `the image is not there for ${wanted ? platformName(wanted) : 'any platform'}`, {
    hint: `it is there for ${names}`,
  });
}

/** A 32-bit ARM of one version runs what is made for those before it: the nearest below. */
function olderArm<Item extends { readonly platform?: Platform }>(items: readonly Item[], wanted: Platform): Item | undefined {
  if (wanted.architecture !== 'arm' || wanted.variant === undefined) return undefined;
  const limit = armVersion(wanted);
  return items
    .filter(({ platform }) => platform && platform.os === wanted.os && platform.architecture === 'arm' && armVersion(platform) <= limit)
    .toSorted((a, b) => armVersion(b.platform) - armVersion(a.platform))[0];
}

/** Not said is 7, as engines take it. */
function armVersion(platform: Platform | undefined): number {
  return Number(/^v(\d)$/.exec(platform?.variant ?? 'v7')?.[1] ?? Number.NaN);
}
