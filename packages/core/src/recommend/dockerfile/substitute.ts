import type { GlobalArgument } from './types.ts';

/** How deep defaults may lean on other arguments. */
const DEEPEST = 8;

/** A piece of a word: text, or the use of a variable. */
export type Piece = { readonly text: string } | { readonly variable: string; readonly fallback?: string; readonly text: string };

/**
 * Splits a word at its variables: `${X}`, `$X`, `${X:-text}`, `${X-text}`; other forms are left as text.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function splitVariables(word: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let last = 0;
  for (const found of word.matchAll(/\$(?:\{([A-Za-z_]\w*)(?::?-([^{}]*))?\}|([A-Za-z_]\w*))/g)) {
    if (found.index > last) pieces.push({ text: word.slice(last, found.index) });
    const variable = found[1] ?? found[3] ?? '';
    pieces.push({ variable, text: found[0], ...(found[2] !== undefined && { fallback: found[2] }) });
    last = found.index + found[0].length;
  }
  if (last < word.length) pieces.push({ text: word.slice(last) });
  return pieces;
}

/** Puts the arguments' defaults into a word. What has none becomes empty, as in a build without `--build-arg`. */
export function substitute(word: string, known: ReadonlyMap<string, GlobalArgument>, depth = 0): string {
  if (depth > DEEPEST) return '';
  return splitVariables(word)
    .map((piece) => ('variable' in piece ? defaultOf(piece, known, depth) : piece.text))
    .join('');
}

/** The default of one variable. */
export function defaultOf(
  { variable, fallback }: { readonly variable: string; readonly fallback?: string },
  known: ReadonlyMap<string, GlobalArgument>,
  depth = 0,
): string {
  const value = known.get(variable)?.value;
  return value ? substitute(value, known, depth + 1) : (fallback ?? '');
}
