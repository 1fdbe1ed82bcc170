import { baseName, directoryOf } from '../util/path.ts';
import type { LayerEntry } from './types.ts';

const PREFIX = '.wh.';
const OPAQUE = '.wh..wh..opq';

/**
 * Reads a whiteout off an entry's base name, and off that alone: `.wh.name` hides `name` of lower layers, `.wh..wh..opq` all that lower
 * layers have in its folder. Other `.wh..wh.` names are bookkeeping of an old storage driver; `.wh.` alone is an ordinary name.
 * https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts
 */
export function readWhiteout(path: string): LayerEntry | 'ignored' | undefined {
  const name = baseName(path);
  if (!name.startsWith(PREFIX) || name.length === PREFIX.length) return undefined;
  const folder = directoryOf(path);
  if (name === OPAQUE) return { path: folder, kind: 'opaque', size: 0 };
  if (name.startsWith('.wh..wh.')) return 'ignored';
  const hidden = name.slice(PREFIX.length);
  return { path: folder === '' ? hidden : `${folder}/${hidden}`, kind: 'whiteout', size: 0 };
}
