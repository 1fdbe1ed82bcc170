/** Words of what comes before a release, oldest first; those of one line are equal. */
export const BEFORE_RELEASE: readonly (readonly string[])[] = [
  ['canary', 'dev', 'devel', 'develop', 'development', 'insiders', 'next', 'nightly', 'snapshot', 'trunk', 'unstable'],
  ['alpha'],
  ['beta'],
  ['m', 'milestone'],
  ['ea', 'pre', 'prerelease', 'preview'],
  ['cr', 'rc'],
];

/** Words that say no more than that it is one. */
export const RELEASE: readonly string[] = ['final', 'ga', 'release', 'stable'];
