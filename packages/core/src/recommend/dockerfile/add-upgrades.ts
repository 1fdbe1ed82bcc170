import { applyEdits } from './edits.ts';
import { finalStages, readDockerfile } from './read.ts';

/**
 * Puts instructions behind the FROM on which the image stands, where the package manager is at hand. `baseUser` is the user the base sets: one
 * that is not root is put back afterwards.
 */
export function addAfterBase(text: string, instructions: readonly string[], baseUser: string | undefined): string {
  const [stage] = finalStages(readDockerfile(text));
  if (!stage || instructions.length === 0) return text;
  const end = stage.from.span.end;
  const lineEnd = text.indexOf('\n', end);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const isRoot = ['', 'root', '0'].includes((baseUser ?? '').split(':')[0] ?? '');
  const lines = isRoot ? instructions : ['USER root', ...instructions, `USER ${baseUser}`];
  const block = lines.join(newline);
  if (lineEnd === -1) return `${text}${newline}${block}${newline}`;
  return applyEdits(text, [{ start: lineEnd + 1, end: lineEnd + 1, text: block + newline }]);
}
