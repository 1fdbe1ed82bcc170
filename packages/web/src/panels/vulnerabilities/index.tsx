import { isCovered } from '../../pages/details/selection.ts';
import type { Panel } from '../types.ts';
import { View } from './view.tsx';

/** Vulnerabilities, grouped. */
export const vulnerabilities: Panel = {
  id: 'vulnerabilities',
  title: 'Vulnerabilities',
  count: (report, selection) =>
    isCovered(report) ? report.matches.filter((match) => !match.suppressed && selection.has(match.introducedIn)).length : undefined,
  View,
};
