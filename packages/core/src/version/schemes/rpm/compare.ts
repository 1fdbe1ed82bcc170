/** `[epoch:]version[-release]`. https://rpm-software-management.github.io/rpm/manual/dependencies.html#versioning */
interface Parts {
  readonly epoch: number;
  readonly version: string;
  readonly release: string | undefined;
}

function split(text: string): Parts {
  const colon = text.indexOf(':');
  const epoch = colon > 0 && /^\d+$/.test(text.slice(0, colon)) ? Number(text.slice(0, colon)) : 0;
  const rest = colon === -1 ? text : text.slice(colon + 1);
  const dash = rest.lastIndexOf('-');
  return dash === -1
    ? { epoch, version: rest, release: undefined }
    : { epoch, version: rest.slice(0, dash), release: rest.slice(dash + 1) };
}

/** Whether rpm would take it. */
export function isRpmVersion(text: string): boolean {
  return /^(?:\d+:)?[A-Za-z0-9._+~^]+(?:-[A-Za-z0-9._+~^]+)?$/.test(text);
}

/** rpm's order: epoch, version, release. A version without a release is before all of its releases, so that the order is total. */
export function compareRpm(a: string, b: string): -1 | 0 | 1 {
  const [x, y] = [split(a), split(b)];
  if (x.epoch !== y.epoch) return x.epoch < y.epoch ? -1 : 1;
  const version = compareSegments(x.version, y.version);
  if (version !== 0) return version;
  if (x.release === undefined || y.release === undefined) return x.release === y.release ? 0 : x.release === undefined ? -1 : 1;
  return compareSegments(x.release, y.release);
}

/** https://github.com/rpm-software-management/rpm/blob/master/rpmio/rpmvercmp.c */
function compareSegments(a: string, b: string): -1 | 0 | 1 {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while (i < a.length && !isPart(a[i])) i += 1;
    while (j < b.length && !isPart(b[j])) j += 1;
    // A tilde is before everything, even the end.
    if (a[i] === '~' || b[j] === '~') {
      if (a[i] !== '~') return 1;
      if (b[j] !== '~') return -1;
      i += 1;
      j += 1;
      continue;
    }
    // A caret is after the end, and before everything else.
    if (a[i] === '^' || b[j] === '^') {
      if (i >= a.length) return -1;
      if (j >= b.length) return 1;
      if (a[i] !== '^') return 1;
      if (b[j] !== '^') return -1;
      i += 1;
      j += 1;
      continue;
    }
    if (i >= a.length || j >= b.length) break;
    const digits = isDigit(a[i]);
    const [x, y] = [takeRun(a, i, digits), takeRun(b, j, digits)];
    // Digits are after letters.
    if (y === '') return digits ? 1 : -1;
    i += x.length;
    j += y.length;
    const order = digits ? compareDigits(x, y) : compareText(x, y);
    if (order !== 0) return order;
  }
  if (i >= a.length && j >= b.length) return 0;
  return i < a.length ? 1 : -1;
}

function takeRun(text: string, start: number, digits: boolean): string {
  let end = start;
  while (end < text.length && (digits ? isDigit(text[end]) : isLetter(text[end]))) end += 1;
  return text.slice(start, end);
}

function compareDigits(a: string, b: string): -1 | 0 | 1 {
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return x.length === y.length ? compareText(x, y) : x.length < y.length ? -1 : 1;
}

function compareText(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isPart(character: string | undefined): boolean {
  return isDigit(character) || isLetter(character) || character === '~' || character === '^';
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && ((character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z'));
}
