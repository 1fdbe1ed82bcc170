import type { Format } from '../../types.ts';

/** One match a line, suppressed ones too, as `cves --format json` has them. https://jsonlines.org */
export const jsonl: Format = {
  id: 'jsonl',
  title: 'Vulnerabilities (JSON Lines)',
  mediaType: 'application/jsonl',
  extension: 'jsonl',
  *encode({ matches }) {
    for (const match of matches) yield `${JSON.stringify(match)}\n`;
  },
};
