/** Calls around a text that change nothing of it. */
const WRAPPERS = ['Gem::Version.new(', 'Gem::Platform.new('];

/** What closes `%q`. */
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']', '<': '>' };

/** More texts than a list of licences holds. */
const MAX_LITERALS = 50;

/**
 * The texts of an expression that is a text or a list of texts, in Ruby's ways to write one: `"a".freeze`, `'a'`, `%q{a}`,
 * `["a".freeze, "b"]`. None where it is anything else.
 * https://docs.ruby-lang.org/en/3.3/syntax/literals_rdoc.html
 */
export function literalsOf(expression: string): readonly string[] {
  let rest = expression.trim();
  for (const wrapper of WRAPPERS) if (rest.startsWith(wrapper)) rest = rest.slice(wrapper.length);
  const isList = rest.startsWith('[');
  if (isList) rest = rest.slice(1).trimStart();
  const found: string[] = [];
  while (found.length < MAX_LITERALS) {
    const literal = firstLiteral(rest);
    if (!literal) return found;
    found.push(literal.text);
    rest = rest.slice(literal.length);
    if (rest.startsWith('.freeze')) rest = rest.slice('.freeze'.length);
    rest = rest.trimStart();
    if (!isList || !rest.startsWith(',')) return found;
    rest = rest.slice(1).trimStart();
  }
  return found;
}

/** The text that an expression begins with, and how many characters it takes. */
function firstLiteral(rest: string): { readonly text: string; readonly length: number } | undefined {
  const open = rest[0];
  if (open === '"' || open === "'") return quoted(rest, open);
  const close = rest.startsWith('%q') ? CLOSING[rest[2] ?? ''] : undefined;
  if (close === undefined) return undefined;
  const end = rest.indexOf(close, 3);
  return end === -1 ? undefined : { text: rest.slice(3, end), length: end + 1 };
}

/** In quotes, where `\` takes the next character as it is: no name, version or licence has any other escape. */
function quoted(rest: string, quote: string): { readonly text: string; readonly length: number } | undefined {
  let text = '';
  for (let at = 1; at < rest.length; at += 1) {
    const character = rest[at] as string;
    if (character === quote) return { text, length: at + 1 };
    if (character === '\\') at += 1;
    text += character === '\\' ? (rest[at] ?? '') : character;
  }
  return undefined;
}
