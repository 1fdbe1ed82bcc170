import { AppError } from '../util/errors.ts';
import { decodeText } from './header.ts';

/**
 * Records of a pax extended header: `<length> <key>=<value>\n`, the length counting itself.
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_03
 */
export function parsePax(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < bytes.length && bytes[at] !== 0) {
    const space = bytes.indexOf(32, at);
    const length = space === -1 ? Number.NaN : Number(decodeText(bytes.subarray(at, space)));
    const end = at + length;
    if (!Number.isInteger(length) || length <= space - at + 1 || end > bytes.length || bytes[end - 1] !== 10) {
      throw new AppError('TAR_INVALID', 'a pax header of a tar is malformed');
    }
    const equals = bytes.indexOf(61, space + 1);
    if (equals === -1 || equals >= end) throw new AppError('TAR_INVALID', 'a pax header of a tar is malformed');
    records.set(decodeText(bytes.subarray(space + 1, equals)), decodeText(bytes.subarray(equals + 1, end - 1)));
    at = end;
  }
  return records;
}
