import type { Panel } from '../types.ts';
import { View } from './view.tsx';

/** Packages a container sees. */
export const packages: Panel = {
  id: 'packages',
  title: 'Packages',
  count: (report, selection) => report.inventory.packages.filter(({ introducedIn }) => selection.has(introducedIn)).length,
  View,
};
