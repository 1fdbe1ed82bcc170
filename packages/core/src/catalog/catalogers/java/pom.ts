import { decode } from '../../shared/text.ts';

/** What a pom says in so many words: nothing is looked up in its parent or its properties. */
export interface Pom {
  readonly group?: string;
  readonly artifact?: string;
  readonly version?: string;
  readonly licenses?: readonly string[];
}

const MAX_DEPTH = 100;
const MAX_LICENSES = 10;
const MAX_LICENSE = 200;

/**
 * Group, artifact, version and licences of a `pom.xml`; group and version of its parent where it has none of its own. A document type, and
 * so any entity of its own, ends the reading. https://maven.apache.org/pom.html
 */
export function parsePom(bytes: Uint8Array): Pom {
  const values = new Map<string, string>();
  const licenses: string[] = [];
  for (const { path, text } of leaves(decode(bytes))) {
    if (path === 'project/licenses/license/name') {
      if (text !== '' && licenses.length < MAX_LICENSES) licenses.push(text.slice(0, MAX_LICENSE));
    } else if (!values.has(path)) values.set(path, text);
  }
  const group = values.get('project/groupId') ?? values.get('project/parent/groupId');
  const artifact = values.get('project/artifactId');
  const version = values.get('project/version') ?? values.get('project/parent/version');
  return {
    ...(group !== undefined && { group }),
    ...(artifact !== undefined && { artifact }),
    ...(version !== undefined && { version }),
    licenses,
  };
}

/** Elements that hold text alone and lie no deeper than a licence's name. Ends early where the document is broken. */
function* leaves(xml: string): Generator<{ readonly path: string; readonly text: string }> {
  const open: string[] = [];
  let textStart = 0;
  let isLeaf = false;
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at)) {
    if (xml.startsWith('<!--', at)) {
      at = xml.indexOf('-->', at + 4);
      if (at === -1) return;
      continue;
    }
    if (xml.startsWith('<!', at)) return;
    const end = xml.indexOf('>', at);
    if (end === -1) return;
    if (xml[at + 1] === '?') {
      at = end;
      continue;
    }
    if (xml[at + 1] === '/') {
      if (isLeaf && open.length <= 4) yield { path: open.join('/'), text: plain(xml.slice(textStart, at)) };
      if (open.pop() === undefined) return;
      isLeaf = false;
    } else if (xml[end - 1] !== '/') {
      if (open.length >= MAX_DEPTH) return;
      open.push(xml.slice(at + 1, Math.min(end, at + 101)).split(/\s/, 1)[0] ?? '');
      textStart = end + 1;
      isLeaf = true;
    } else isLeaf = false;
    at = end;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

/** Text of an element, with the five entities that need no declaration. */
function plain(text: string): string {
  return text
    .slice(0, 4 * MAX_LICENSE)
    .replace(/&(amp|apos|gt|lt|quot);/g, (_all, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}
