import { AppError } from '../../util/errors.ts';

/** An element with all that is in it. Names are without their prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** What stands directly in it, joined and trimmed. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Longest tag, comment or run of text, in UTF-16 units; deepest nesting; most elements in one that is yielded. */
const MAX_MARKUP = 4 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_ELEMENTS = 500_000;

/**
 * Streams the elements of some names, the outermost of each place, whole; what is around them is never held. No document type is
 * accepted, so there are no entities to expand but the five that XML has. Throws `ADVISORY_UNREADABLE` where it is not well-formed,
 * `LIMIT_EXCEEDED` where it is too deep or one element is too large. https://www.w3.org/TR/xml/
 */
export async function* xmlElements(input: AsyncIterable<Uint8Array>, names: ReadonlySet<string>): AsyncGenerator<XmlElement> {
  const decoder = new TextDecoder();
  const reader = createReader(names);
  let rest = '';
  for await (const chunk of input) {
    rest = yield* reader.read(rest + decoder.decode(chunk, { stream: true }));
    if (rest.length > MAX_MARKUP) throw new AppError('LIMIT_EXCEEDED', `a tag or text is longer than ${MAX_MARKUP} characters`);
  }
  rest = yield* reader.read(rest + decoder.decode());
  reader.finish(rest);
}

/** The children of a name. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** Every element of a name at any depth, in the order of the document. */
export function* descendantsOf(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    yield* descendantsOf(child, name);
  }
}

function createReader(names: ReadonlySet<string>) {
  const path: string[] = [];
  /** Elements from the one that is to be yielded down to where we are; empty outside of any. */
  const held: Open[] = [];
  let elements = 0;
  let seen = false;

  return {
    /** Reads all that is complete; returns what is not. */
    *read(text: string): Generator<XmlElement, string> {
      let at = 0;
      while (at < text.length) {
        const open = text.indexOf('<', at);
        if (open === -1) break;
        if (open > at) addText(text.slice(at, open), true);
        const end = endOfMarkup(text, open);
        if (end === -1) return text.slice(open);
        const complete = readMarkup(text, open, end);
        if (complete) yield complete;
        at = end;
      }
      return text.slice(at);
    },
    finish(rest: string): void {
      if (!seen || path.length > 0 || rest.trim() !== '') throw unreadable('the XML stops in the middle');
    },
  };

  function addText(text: string, encoded: boolean): void {
    const current = held.at(-1);
    if (!current) return;
    if (current.text.length + text.length > MAX_MARKUP)
      throw new AppError('LIMIT_EXCEEDED', `a text is longer than ${MAX_MARKUP} characters`);
    current.text += encoded ? decodeEntities(text) : text;
  }

  function readMarkup(text: string, open: number, end: number): XmlElement | undefined {
    const next = text.charCodeAt(open + 1);
    if (next === 0x3f) return undefined; // <?
    if (next === 0x21) {
      if (text.startsWith('<![CDATA[', open)) addText(text.slice(open + 9, end - 3), false);
      else if (!text.startsWith('<!--', open)) throw unreadable('the XML declares a document type');
      return undefined;
    }
    return next === 0x2f ? closeElement(localName(text.slice(open + 2, end - 1).trim())) : openElement(text.slice(open + 1, end - 1));
  }

  function openElement(tag: string): XmlElement | undefined {
    const empty = tag.endsWith('/');
    const { name, attributes } = parseTag(empty ? tag.slice(0, -1) : tag);
    seen = true;
    path.push(name);
    if (path.length > MAX_DEPTH) throw new AppError('LIMIT_EXCEEDED', `the XML is nested deeper than ${MAX_DEPTH}`);
    if (held.length > 0 || names.has(name)) {
      elements = held.length === 0 ? 1 : elements + 1;
      if (elements > MAX_ELEMENTS) throw new AppError('LIMIT_EXCEEDED', `an element of the XML holds more than ${MAX_ELEMENTS}`);
      held.push({ name, attributes, children: [], text: '' });
    }
    return empty ? closeElement(name) : undefined;
  }

  function closeElement(name: string): XmlElement | undefined {
    if (path.pop() !== name) throw unreadable(`the XML closes ${name.slice(0, 50)}, which is not open`);
    const done = held.pop();
    if (!done) return undefined;
    const element = { ...done, text: done.text.trim() };
    const parent = held.at(-1);
    parent?.children.push(element);
    return parent ? undefined : element;
  }
}

/** Where the markup that begins at `open` ends; -1 where that is still to come. */
function endOfMarkup(text: string, open: number): number {
  const close = text.startsWith('<!--', open)
    ? '-->'
    : text.startsWith('<![CDATA[', open)
      ? ']]>'
      : text.startsWith('<?', open)
        ? '?>'
        : '>';
  // "<!" alone may still become a comment, whose end is another.
  if (text.charCodeAt(open + 1) === 0x21 && text.length - open < 9 && close === '>') return -1;
  const found = close === '>' ? endOfTag(text, open) : text.indexOf(close, open + (close === '-->' ? 4 : 2));
  return found === -1 ? -1 : found + close.length;
}

/** A `>` within quotes ends no tag. */
function endOfTag(text: string, open: number): number {
  let at = open;
  for (;;) {
    const end = text.indexOf('>', at);
    if (end === -1) return -1;
    let quote = -1;
    for (let i = at; i < end; i += 1) {
      const code = text.charCodeAt(i);
      if (code === 0x22 || code === 0x27) {
        quote = i;
        break;
      }
    }
    if (quote === -1) return end;
    const closing = text.indexOf(text.charAt(quote), quote + 1);
    if (closing === -1) return -1;
    at = closing + 1;
  }
}

function parseTag(tag: string): { readonly name: string; readonly attributes: ReadonlyMap<string, string> } {
  const name = /^[^\s=<>"']{1,200}/.exec(tag)?.[0] ?? '';
  if (name === '') throw unreadable('the XML has a tag without a name');
  const attributes = new Map<string, string>();
  let at = name.length;
  for (;;) {
    const equals = tag.indexOf('=', at);
    if (equals === -1) break;
    const quote = /^\s*(["'])/.exec(tag.slice(equals + 1, equals + 20));
    const start = equals + 1 + (quote?.[0].length ?? 0);
    const end = quote ? tag.indexOf(quote[1] as string, start) : -1;
    if (end === -1) throw unreadable('the XML has an attribute without a value');
    attributes.set(localName(tag.slice(at, equals).trim()), decodeEntities(tag.slice(start, end)));
    at = end + 1;
  }
  return { name: localName(name), attributes };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An entity that XML does not have stays as it is written. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function unreadable(message: string): AppError {
  return new AppError('ADVISORY_UNREADABLE', message);
}
