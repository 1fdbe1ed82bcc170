/** What the name of an archive tells. */
export interface FileName {
  readonly artifact: string;
  readonly version?: string;
  /** Of the same artifact, in another make: `linux-x86_64`, `sources`. */
  readonly classifier?: string;
}

const MAX_LENGTH = 250;

/** Ends of names that are no part of a version. */
const CLASSIFIERS = [
  ...'all boot bundle exec executable fat javadoc nodep no_aop plain runner shaded sources standalone test-sources tests uber'.split(' '),
  'jar-with-dependencies',
  ...['linux', 'osx', 'windows'].flatMap((system) =>
    ['aarch_64', 'arm_32', 'aarch64', 'ppcle_64', 's390_64', 'x86_32', 'x86_64'].map((cpu) => `${system}-${cpu}`),
  ),
  ...['aarch64', 'amd64'].flatMap((cpu) => [`linux-${cpu}`, `linux-musl-${cpu}`]),
];

/**
 * Reads `name-version[-classifier].jar`. A name may hold numbers (`log4j-1.2-api-2.17.1`) and so may a version (`1.0-20230101.123456-1`): the
 * version begins at the last dash before a number with a dot in it, or before the last number where none has any.
 */
export function readFileName(fileName: string): FileName {
  const stem = fileName.slice(0, Math.max(0, fileName.lastIndexOf('.'))).slice(0, MAX_LENGTH);
  const classifier = CLASSIFIERS.find((end) => stem.endsWith(`-${end}`));
  const base = classifier === undefined ? stem : stem.slice(0, -classifier.length - 1);
  const cut = placeOfVersion(base);
  const found = cut === -1 ? { artifact: base } : { artifact: base.slice(0, cut), version: base.slice(cut + 1) };
  return classifier === undefined ? found : { ...found, classifier };
}

function placeOfVersion(base: string): number {
  let plain = -1;
  let dotted = -1;
  for (let dash = base.indexOf('-', 1); dash !== -1; dash = base.indexOf('-', dash + 1)) {
    const end = base.indexOf('-', dash + 1);
    const part = base.slice(dash + 1, end === -1 ? undefined : end);
    if (!/^[0-9]/.test(part)) continue;
    if (!part.includes('.')) plain = dash;
    else if (!/^[0-9]{8}\.[0-9]{6}$/.test(part)) dotted = dash;
  }
  if (dotted !== -1 || plain !== -1) return dotted === -1 ? plain : dotted;
  const underscore = base.lastIndexOf('_');
  return underscore > 0 && /^[0-9]+\.[0-9]/.test(base.slice(underscore + 1)) ? underscore : -1;
}
