import { normaliseRepository, splitImage } from './image-name.ts';
import { defaultOf, splitVariables, substitute } from './substitute.ts';
import type { Edit, GlobalArgument, Span } from './types.ts';

/** What an image is to become. */
export interface Wanted {
  /** `python:3.12-slim`. */
  readonly name: string;
  readonly digest: string;
  /** True writes the digest where none stands. */
  readonly pin: boolean;
}

type Arguments = ReadonlyMap<string, GlobalArgument>;

/**
 * The edits that make a written image another one: of the word itself, or of the defaults of the arguments it uses. Undefined where its
 * arguments cannot give it.
 */
export function editImage(word: string, span: Span, wanted: Wanted, known: Arguments, depth = 0): readonly Edit[] | undefined {
  if (depth > 8) return undefined;
  const whole = soleVariable(word);
  const argument = whole === undefined ? undefined : known.get(whole);
  // One argument is the whole image: its default is what is written.
  if (argument?.span && argument.value !== undefined) return editImage(argument.value, argument.span, wanted, known, depth + 1);
  if (whole !== undefined) return undefined;
  const { repository, tag, digest } = splitImage(word);
  const target = splitImage(wanted.name);
  const at = (offset: number, text: string): Span => ({ start: span.start + offset, end: span.start + offset + text.length });
  const isOnlyDigest = digest !== undefined && tag === undefined && soleVariable(repository) === undefined;
  const carrier = tag === undefined && soleVariable(repository) !== undefined ? known.get(soleVariable(repository) ?? '') : undefined;
  const edits = [
    carrier?.span && carrier.value !== undefined
      ? editImage(carrier.value, carrier.span, { ...wanted, pin: false }, known, depth + 1) // `${IMAGE}@${DIGEST}`
      : editRepository(repository, at(0, repository), target.repository, known),
    carrier || isOnlyDigest
      ? []
      : editTag(tag, at(repository.length + 1, tag ?? ''), span.start + repository.length, target.tag ?? 'latest', known),
    editDigest(digest, span, wanted, known),
  ];
  return edits.some((part) => part === undefined) ? undefined : edits.flatMap((part) => part ?? []);
}

/** `${X}` and `$X` alone. */
function soleVariable(word: string): string | undefined {
  const [piece, ...rest] = splitVariables(word);
  return piece && 'variable' in piece && rest.length === 0 ? piece.variable : undefined;
}

function editRepository(written: string, span: Span, wanted: string, known: Arguments): readonly Edit[] | undefined {
  if (normaliseRepository(substitute(written, known)) === normaliseRepository(wanted)) return [];
  return written.includes('$') ? undefined : [{ ...span, text: wanted }];
}

function editTag(written: string | undefined, span: Span, end: number, wanted: string, known: Arguments): readonly Edit[] | undefined {
  if (written === undefined) return wanted === 'latest' ? [] : [{ start: end, end, text: `:${wanted}` }];
  if (substitute(written, known) === wanted) return [];
  return written.includes('$') ? solve(written, wanted, known) : [{ ...span, text: wanted }];
}

function editDigest(written: string | undefined, { end }: Span, { digest, pin }: Wanted, known: Arguments): readonly Edit[] | undefined {
  if (written === undefined) return pin ? [{ start: end, end, text: `@${digest}` }] : [];
  if (substitute(written, known) === digest) return [];
  return written.includes('$') ? solve(written, digest, known) : [{ start: end - written.length, end, text: digest }];
}

/** The one argument whose default, changed, makes the word the wanted one: `${VERSION}-slim` becomes 3.12-slim with VERSION=3.12. */
function solve(word: string, wanted: string, known: Arguments): readonly Edit[] | undefined {
  const pieces = splitVariables(word);
  for (const [position, piece] of pieces.entries()) {
    if (!('variable' in piece)) continue;
    const argument = known.get(piece.variable);
    if (!argument?.span || argument.value === undefined || argument.value.includes('$')) continue;
    const text = (part: (typeof pieces)[number]) => ('variable' in part ? defaultOf(part, known) : part.text);
    const before = pieces.slice(0, position).map(text).join('');
    const after = pieces
      .slice(position + 1)
      .map(text)
      .join('');
    if (!wanted.startsWith(before) || !wanted.endsWith(after) || wanted.length <= before.length + after.length) continue;
    return [{ ...argument.span, text: wanted.slice(before.length, wanted.length - after.length) }];
  }
  return undefined;
}
