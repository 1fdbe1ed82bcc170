import type { Severity, SeverityOpinion } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import type { AffectedPackage } from '../advisory/types.ts';
import { judgeSeverity } from './severity.ts';

const v31 = (source: string): SeverityOpinion => ({
  source,
  severity: 'high',
  score: 7.5,
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
});
const v40 = (source: string): SeverityOpinion => ({
  source,
  severity: 'medium',
  score: 6.9,
  vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N',
});
const v2: SeverityOpinion = { source: 'nvd', severity: 'medium', score: 5, vector: 'AV:N/AC:L/Au:N/C:N/I:N/A:P' };
const matched = (severity?: Severity) => ({
  source: 'debian-tracker',
  affected: {
    ecosystem: 'debian:12',
    name: 'a',
    scheme: 'deb',
    ranges: [],
    status: 'affected',
    ...(severity && { severity }),
  } satisfies AffectedPackage,
});

describe('judgeSeverity', () => {
  it('takes the word of the source that matched, with the score of another beside it', () => {
    expect(judgeSeverity(matched('low'), [v31('github')])).toMatchObject({
      severity: 'low',
      severitySource: 'debian-tracker',
      cvss: { score: 7.5, version: '3.1', source: 'github' },
    });
  });

  it('takes the first other source where the matching one says nothing', () => {
    expect(judgeSeverity(matched(), [v31('github'), v2])).toMatchObject({
      severity: 'high',
      severitySource: 'github',
      cvss: { score: 7.5 },
    });
  });

  it('takes CVSS 4 before 3 of one source, and no newer one of another source', () => {
    expect(judgeSeverity(matched(), [v31('github'), v40('github')])).toMatchObject({ severity: 'medium', cvss: { version: '4.0' } });
    expect(judgeSeverity(matched(), [v31('github'), v40('nvd')])).toMatchObject({ severity: 'high', cvss: { version: '3.1' } });
  });

  it('knows a vector of CVSS 2, which names no version', () => {
    expect(judgeSeverity(matched(), [v2]).cvss).toEqual({ score: 5, vector: v2.vector, version: '2.0', source: 'nvd' });
  });

  it('keeps every opinion once, the one that counts first', () => {
    const { opinions } = judgeSeverity(matched('low'), [v31('github'), v2, v31('github')]);
    expect(opinions.map(({ source }) => source)).toEqual(['debian-tracker', 'github', 'nvd']);
  });

  it('says unspecified where nobody has said, or said so', () => {
    expect(judgeSeverity(matched('unspecified'), [])).toEqual({ severity: 'unspecified', severitySource: 'debian-tracker', opinions: [] });
  });
});
