import type { Format } from '../../types.ts';
import { toPage } from './page.ts';

/** One file to send or keep: no script, nothing loaded from elsewhere. */
export const html: Format = {
  id: 'html',
  title: 'Report (HTML)',
  mediaType: 'text/html',
  extension: 'html',
  encode: toPage,
};
