import { apk } from './schemes/apk/index.ts';
import { composer } from './schemes/composer/index.ts';
import { deb } from './schemes/deb/index.ts';
import { gem } from './schemes/gem/index.ts';
import { generic } from './schemes/generic/index.ts';
import { go } from './schemes/go/index.ts';
import { maven } from './schemes/maven/index.ts';
import { nuget } from './schemes/nuget/index.ts';
import { pep440 } from './schemes/pep440/index.ts';
import { rpm } from './schemes/rpm/index.ts';
import { semver } from './schemes/semver/index.ts';
import type { VersionScheme } from './types.ts';

/** Every version scheme. */
export const versionSchemes = [
  apk,
  composer,
  deb,
  gem,
  generic,
  go,
  maven,
  nuget,
  pep440,
  rpm,
  semver,
] as const satisfies readonly VersionScheme[];
