import type { Format } from '../../types.ts';
import { toLines } from './lines.ts';

/** One line for each vulnerability and package. https://www.rfc-editor.org/rfc/rfc4180 */
export const csv: Format = {
  id: 'csv',
  title: 'Vulnerabilities (CSV)',
  mediaType: 'text/csv',
  extension: 'csv',
  encode: toLines,
};
