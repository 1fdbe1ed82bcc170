import { AppError } from '../../util/errors.ts';

const MAX_GLOBS = 100;

/** Splits `a,b` and checks; throws `REQUEST_INVALID` for what no tag can fit. */
export function parseGlobs(texts: readonly string[]): readonly string[] {
  const globs = texts.flatMap((text) => text.split(',')).flatMap((text) => (text.trim() === '' ? [] : [text.trim()]));
  const wrong = globs.find((glob) => !/^!?[A-Za-z0-9_.*?-]{1,128}$/.test(glob));
  if (wrong !== undefined || globs.length > MAX_GLOBS) {
    throw new AppError(
      'REQUEST_INVALID',
      wrong === undefined ? `more than ${MAX_GLOBS} patterns of tags` : `"${wrong}" is no pattern of tags`,
      {
        hint: 'write e.g. 3.*-slim; * is any text, ? one letter, ! in front leaves out',
      },
    );
  }
  return globs;
}

/** Whether a tag is wanted: it fits one of the globs (all where none says what is wanted) and none that begins with `!`. */
export function fitsGlobs(tag: string, globs: readonly string[]): boolean {
  const out = globs.filter((glob) => glob.startsWith('!'));
  const wanted = globs.filter((glob) => !glob.startsWith('!'));
  return (wanted.length === 0 || wanted.some((glob) => fits(tag, glob))) && !out.some((glob) => fits(tag, glob.slice(1)));
}

/** The tags themselves, where the globs name tags and nothing more: no list is needed. */
export function literalTags(globs: readonly string[]): readonly string[] | undefined {
  return globs.length > 0 && globs.every((glob) => !/[*?!]/.test(glob)) ? [...new Set(globs)].sort() : undefined;
}

/** Two pointers, going back to the last `*`: linear for each star, whatever the pattern. */
function fits(tag: string, glob: string): boolean {
  let at = 0;
  let want = 0;
  let star = -1;
  let tried = 0;
  while (at < tag.length) {
    if (glob[want] === '*') {
      star = want++;
      tried = at;
    } else if (want < glob.length && (glob[want] === '?' || glob[want] === tag[at])) {
      at += 1;
      want += 1;
    } else if (star >= 0) {
      want = star + 1;
      at = ++tried;
    } else {
      return false;
    }
  }
  while (glob[want] === '*') want += 1;
  return want === glob.length;
}
