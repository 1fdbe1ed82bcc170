import type { Format } from '../../types.ts';

/** The report itself: everything the other formats are made from. Its schema is published with the model. */
export const json: Format = {
  id: 'json',
  title: 'Report (JSON)',
  mediaType: 'application/json',
  extension: 'json',
  *encode(report) {
    yield `${JSON.stringify(report, undefined, 2)}\n`;
  },
};
