import { distro } from './matchers/distro/index.ts';
import { language } from './matchers/language/index.ts';
import type { Matcher } from './types.ts';

/** Every matcher; the first that wants a package matches it. */
export const matchers = [distro, language] as const satisfies readonly Matcher[];
