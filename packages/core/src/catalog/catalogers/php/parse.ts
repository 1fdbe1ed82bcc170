import { fieldsOf, licensesOf, parseJson, textOf } from '../../shared/json.ts';
import type { Finding } from '../../types.ts';

const FILE = 'composer/installed.json';

/** `composer/installed.json` in the folder of what is installed, which is called `vendor` unless the project says another. */
export function isInstalledFile(path: string): boolean {
  return path === FILE || path.endsWith(`/${FILE}`);
}

/**
 * What Composer has installed: a list (Composer 1), or an object whose `packages` is the list (Composer 2).
 * Versions stay as the package wrote them: `v6.4.1`, `dev-main`.
 */
export function* parseInstalled(bytes: Uint8Array): Generator<Finding> {
  const value = parseJson(bytes);
  const list = Array.isArray(value) ? value : fieldsOf(value).packages;
  if (!Array.isArray(list)) throw new Error('it does not list packages');
  for (const one of list as readonly unknown[]) {
    const { name: written, version: pretty, license } = fieldsOf(one);
    const name = textOf(written)?.toLowerCase();
    const version = textOf(pretty);
    if (!name || !version || !isName(name)) continue;
    yield { kind: 'package', draft: { type: 'composer', name, version, licenses: licensesOf(license) } };
  }
}

/** `vendor/name`: https://getcomposer.org/doc/04-schema.md#name */
function isName(name: string): boolean {
  return /^[a-z0-9_.-]+\/[a-z0-9_.-]+$/.test(name);
}
