import { createTwoFilesPatch } from 'diff';

/** A unified diff that `git apply` and `patch -p1` take; empty where both texts are one. */
export function unifiedDiff(before: string, after: string, file: string): string {
  if (before === after) return '';
  const name = file.replace(/^(?:\.{0,2}\/)+/, '').replace(/[\r\n\t]/g, ' ');
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 });
  const [from = '', to = '', ...rest] = patch.slice(patch.indexOf('--- ')).split('\n');
  // A name with a blank ends with a tab, as git writes it: else patch takes its first word.
  const end = name.includes(' ') ? '\t' : '';
  return [from + end, to + end, ...rest].join('\n');
}
