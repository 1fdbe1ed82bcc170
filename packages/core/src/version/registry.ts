import { apk } from './schemes/apk/index.ts';
import { deb } from './schemes/deb/index.ts';
import { gem } from './schemes/gem/index.ts';
import { go } from './schemes/go/index.ts';
import { maven } from './schemes/maven/index.ts';
import { pep440 } from './schemes/pep440/index.ts';
import { rpm } from './schemes/rpm/index.ts';
import { semver } from './schemes/semver/index.ts';
import type { VersionScheme } from './types.ts';

/** Every version scheme. */
export const versionSchemes = [apk, deb, gem, go, maven, pep440, rpm, semver] as const satisfies readonly VersionScheme[];
