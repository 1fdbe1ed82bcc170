import type { Panel } from '../types.ts';
import { View } from './view.tsx';

/** Vulnerabilities, grouped. */
export const vulnerabilities: Panel = {
  id: 'vulnerabilities',
  title: 'Vulnerabilities',
  count: (report, selection) => report.matches.filter((match) => !match.suppressed && selection.has(match.introducedIn)).length,
  View,
};
