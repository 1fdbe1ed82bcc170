import { applyEdits } from './edits.ts';
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
  if (argument) return editArgument(argument, (value, place) => editImage(value, place, wanted, known, depth + 1));
  if (whole !== undefined) return undefined;
  const { repository, tag, digest } = splitImage(word);
  const target = splitImage(wanted.name);
  const at = (offset: number, text: string): Span => ({ start: span.start + offset, end: span.start + offset + text.length });
  const isOnlyDigest = digest !== undefined && tag === undefined && soleVariable(repository) === undefined;
  const carrier = tag === undefined && soleVariable(repository) !== undefined ? known.get(soleVariable(repository) ?? '') : undefined;
  const edits = [
    carrier
      ? editArgument(carrier, (value, place) => editImage(value, place, { ...wanted, pin: false }, known, depth + 1)) // `${IMAGE}@${DIGEST}`
      : editRepository(repository, at(0, repository), target.repository, known),
    carrier || isOnlyDigest
      ? []
      : editTag(tag, at(repository.length + 1, tag ?? ''), span.start + repository.length, target.tag ?? 'latest', known),
    editDigest(digest, span, wanted, known),
  ];
  return edits.some((part) => part === undefined) ? undefined : edits.flatMap((part) => part ?? []);
}

/** Edits of an argument's default where it stands; of one that was given from outside, what is to be given instead. */
function editArgument(
  { name, value, span }: GlobalArgument,
  edit: (value: string, place: Span) => readonly Edit[] | undefined,
): readonly Edit[] | undefined {
  if (value === undefined) return undefined;
  if (span) return edit(value, span);
  const edits = edit(value, { start: 0, end: value.length });
  return edits && [{ start: 0, end: 0, text: applyEdits(value, edits), argument: name }];
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
    if (argument?.value === undefined || argument.value.includes('$')) continue;
    const plain = (part: (typeof pieces)[number]) => ('variable' in part ? defaultOf(part, known) : part.text);
    const before = pieces.slice(0, position).map(plain).join('');
    const after = pieces
      .slice(position + 1)
      .map(plain)
      .join('');
    if (!wanted.startsWith(before) || !wanted.endsWith(after) || wanted.length <= before.length + after.length) continue;
    const text = wanted.slice(before.length, wanted.length - after.length);
    return editArgument(argument, (_value, place) => [{ ...place, text }]);
  }
  return undefined;
}
