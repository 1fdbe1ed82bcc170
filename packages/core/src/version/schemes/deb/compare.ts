import { isDigit, order, orderDigits } from '../../shared/order.ts';

/**
 * dpkg's order: epoch, then upstream version, then revision, each by turns of other characters and digits; `~` sorts before the end,
 * letters before other characters. https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export function compareDeb(a: string, b: string): -1 | 0 | 1 {
  const x = split(a);
  const y = split(b);
  return orderDigits(x.epoch, y.epoch) || comparePart(x.upstream, y.upstream) || comparePart(x.revision, y.revision);
}

/** Whether dpkg would take it. */
export function isDebVersion(version: string): boolean {
  const { epoch, upstream, revision } = split(version);
  return /^\d+$/.test(epoch) && /^\d[A-Za-z0-9.+~:-]*$/.test(upstream) && /^[A-Za-z0-9.+~]*$/.test(revision);
}

function split(version: string) {
  const text = version.trim();
  const colon = text.indexOf(':');
  const rest = colon === -1 ? text : text.slice(colon + 1);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: colon === -1 ? '0' : text.slice(0, colon),
    upstream: dash === -1 ? rest : rest.slice(0, dash),
    revision: dash === -1 ? '' : rest.slice(dash + 1),
  };
}

function comparePart(a: string, b: string): -1 | 0 | 1 {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
      const found = order(weight(a[i]), weight(b[j]));
      if (found !== 0) return found;
      if (i < a.length) i += 1;
      if (j < b.length) j += 1;
    }
    const startA = i;
    const startB = j;
    while (isDigit(a[i])) i += 1;
    while (isDigit(b[j])) j += 1;
    const found = orderDigits(a.slice(startA, i) || '0', b.slice(startB, j) || '0');
    if (found !== 0) return found;
  }
  return 0;
}

/** `~` < end and digits < letters < everything else. */
function weight(character: string | undefined): number {
  if (character === undefined || isDigit(character)) return 0;
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 0x1_0000;
}
