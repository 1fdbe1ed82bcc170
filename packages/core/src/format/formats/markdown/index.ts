import type { Format } from '../../types.ts';
import { summarise } from './summary.ts';

/** A summary for a pull request or a job's page. https://github.github.com/gfm/ */
export const markdown: Format = {
  id: 'markdown',
  title: 'Summary (Markdown)',
  mediaType: 'text/markdown',
  extension: 'md',
  encode: summarise,
};
