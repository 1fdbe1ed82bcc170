import { type ImageConfig, type Inventory, instructionOf, type Layer, type Package } from '@plimsoll/model';
import { libcOf } from '../shared/libc.ts';
import { runtimeOf } from '../shared/runtime.ts';
import { countText } from '../shared/text.ts';
import type { PlacedPackages } from './place.ts';

const SHELLS: ReadonlySet<string> = new Set(['bash', 'dash', 'busybox', 'busybox-binsh', 'ash', 'mksh', 'zsh']);
const MANAGERS: Readonly<Record<string, string>> = { deb: 'apt', apk: 'apk', rpm: 'dnf' };

/** What a person should look at before another base is taken. Empty where nothing was noticed. */
export function findWarnings(now: {
  readonly image: Inventory;
  /** The base in use: its settings, and the packages it brought that are still there. */
  readonly base: { readonly config: ImageConfig; readonly packages: readonly Package[] };
  readonly config: ImageConfig;
  readonly placed: PlacedPackages;
  readonly candidate: Inventory;
  readonly own: readonly Layer[];
}): readonly string[] {
  const { image, base, config, placed, candidate, own } = now;
  return [
    ...libcWarning(image, candidate),
    ...managerWarning(placed, candidate),
    ...runtimeWarning(base, candidate),
    ...userWarning(image.image.config, config),
    ...shellWarning(image, candidate, own),
  ];
}

function libcWarning({ distro: now }: Inventory, { distro: then }: Inventory): readonly string[] {
  if (!now || !then || libcOf(now) === libcOf(then)) return [];
  return [`another C library: ${libcOf(now)} → ${libcOf(then)}; what your layers compiled or downloaded must be built for it`];
}

function managerWarning({ homeless }: PlacedPackages, { distro }: Inventory): readonly string[] {
  const [first] = homeless;
  if (!first) return [];
  const packages = countText(homeless.length, 'package');
  const to = distro?.id === 'alpine' ? 'apk' : (distro?.name ?? 'the package manager of the new base');
  return [
    `${packages} that your layers install with ${MANAGERS[first.type] ?? first.type} would have to be installed with ${to}; they are not in the prediction`,
  ];
}

/** A runtime that layers above the base bring is theirs: only what the base itself has can get lost with it. */
function runtimeWarning(now: { readonly config: ImageConfig; readonly packages: readonly Package[] }, then: Inventory): readonly string[] {
  const before = runtimeOf(now.config, now.packages);
  const after = runtimeOf(then.image.config, then.packages);
  if (!before) return [];
  if (!after || after.name !== before.name) return [`${before.name} ${before.version} is not in it`];
  if (seriesOf(before.version) === seriesOf(after.version)) return [];
  return [`another ${before.name}: ${before.version} → ${after.version}`];
}

/** What a program may notice: the first two numbers. */
function seriesOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function userWarning(now: ImageConfig, then: ImageConfig): readonly string[] {
  if (isRoot(now.user) || !isRoot(then.user)) return [];
  return [`it would run as root: the user ${now.user} came from the base in use`];
}

function isRoot(user: string | undefined): boolean {
  return ['', 'root', '0'].includes((user ?? '').split(':')[0] as string);
}

/** Only where package databases tell of shells at all, and the image's own layers run one. */
function shellWarning(now: Inventory, then: Inventory, own: readonly Layer[]): readonly string[] {
  const has = ({ packages }: Inventory) => packages.some(({ name }) => SHELLS.has(name));
  const runs = own.some(({ createdBy, emptyLayer }) => !emptyLayer && instructionOf(createdBy).startsWith('RUN '));
  return has(now) && !has(then) && then.packages.length > 0 && runs ? ['no shell was found in it: your RUN instructions need one'] : [];
}
