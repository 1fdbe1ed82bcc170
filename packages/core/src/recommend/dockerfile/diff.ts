import { createTwoFilesPatch } from 'diff';

/** A unified diff that `git apply` and `patch -p1` take; empty where both texts are one. */
export function unifiedDiff(before: string, after: string, file: string): string {
  if (before === after) return '';
  const name = file.replace(/^(?:\.?\/)+/, '').replace(/[\r\n\t]/g, ' ');
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 });
  return patch.slice(patch.indexOf('--- '));
}
