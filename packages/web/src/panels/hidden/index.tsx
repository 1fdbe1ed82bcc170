import type { Panel } from '../types.ts';
import { select } from './select.ts';
import { View } from './view.tsx';

/** What every pull fetches and no container sees. */
export const hidden: Panel = {
  id: 'hidden',
  title: 'Shipped but hidden',
  count: (report, selection) => {
    const { packages, files } = select(report, selection, {});
    return packages.length + files.length;
  },
  View,
};
