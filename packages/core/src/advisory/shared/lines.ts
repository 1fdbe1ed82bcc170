import { AppError } from '../../util/errors.ts';

/** The lines of a text as it passes. Throws `LIMIT_EXCEEDED` where one has more than `limit` characters. */
export async function* linesOf(
  input: AsyncIterable<Uint8Array>,
  { limit, what }: { readonly limit: number; readonly what: string },
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > limit) throw new AppError('LIMIT_EXCEEDED', `a line of ${what} is longer than ${limit} characters`);
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
