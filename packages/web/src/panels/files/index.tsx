import type { Panel } from '../types.ts';
import { foldersOf } from './select.ts';
import { View } from './view.tsx';

/** Where the bytes are. */
export const files: Panel = {
  id: 'files',
  title: 'Files',
  count: (report, selection) => foldersOf(report, selection).reduce((sum, { files: count }) => sum + count, 0),
  View,
};
