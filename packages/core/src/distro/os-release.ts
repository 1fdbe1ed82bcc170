import type { Distro } from '@plimsoll/model';

/**
 * Reads os-release. Undefined where it names no distribution.
 * https://www.freedesktop.org/software/systemd/man/latest/os-release.html
 */
export function parseOsRelease(text: string): Distro | undefined {
  const fields = new Map<string, string>();
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith('#')) fields.set(line.slice(0, equals), unquote(line.slice(equals + 1)));
  }
  const id = fields.get('ID')?.toLowerCase();
  if (!id) return undefined;
  const version = fields.get('VERSION_ID');
  const codename = fields.get('VERSION_CODENAME') ?? codenameOf(fields.get('VERSION') ?? fields.get('PRETTY_NAME') ?? '');
  return {
    id,
    name: fields.get('PRETTY_NAME') || fields.get('NAME') || id,
    like: (fields.get('ID_LIKE') ?? '').toLowerCase().split(' ').filter(Boolean),
    ...(version && { version }),
    ...(codename && { codename }),
  };
}

/** `PRETTY_NAME="Debian GNU/Linux bookworm/sid"` is all that testing and unstable say. */
function codenameOf(text: string): string | undefined {
  const slash = /([a-z]+)\/sid/.exec(text);
  if (slash) return slash[1];
  return /\(([a-z]+)\)/.exec(text)?.[1];
}

function unquote(value: string): string {
  const quote = value[0];
  if ((quote !== '"' && quote !== "'") || value.length < 2 || !value.endsWith(quote)) return value;
  const inner = value.slice(1, -1);
  return quote === '"' ? inner.replace(/\\(["\\$`])/g, '$1') : inner;
}
