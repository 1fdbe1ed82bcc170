import type { Explanation } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { explain } from './index.ts';

const style = createStyle(false);
const told: Explanation = {
  package: 'left',
  id: 'CVE-2099-1',
  ids: ['CVE-2099-1', 'GHSA-1'],
  knownBy: ['osv'],
  packages: [
    {
      package: {
        id: 'l',
        type: 'npm',
        name: 'left',
        version: '1.0.0',
        purl: 'pkg:npm/left@1.0.0',
        evidence: [],
        introducedIn: 0,
        foundBy: 'node',
        hidden: false,
      },
      verdict: 'suppressed',
      keys: [],
      recordsSearched: 0,
      records: [],
      steps: [
        { outcome: 'yes', text: `found ${'far '.repeat(30)}down` },
        { outcome: 'note', text: 'a\u001b[31m note' },
        { outcome: 'no', text: 'suppressed' },
      ],
    },
  ],
  similar: [],
  gaps: ['no advisories are loaded for debian 12'],
};

function use(explanation: Explanation) {
  const fake = useFake();
  return { ...fake, workspace: { ...fake.workspace, explain: () => explanation } };
}

describe('explain', () => {
  it('gives the explanation as it is, and as steps that fit a terminal', async () => {
    const result = await explain('rich', { package: 'left', id: 'CVE-2099-1' }, {}, use(told));
    expect(result.json).toBe(told);
    const text = result.table(style);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toContain('CVE-2099-1, also GHSA-1');
    expect(text).toMatch(/^ {2}✓ found far/m);
    expect(text).toMatch(/^ {2}✗ suppressed$/m);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('→ left has CVE-2099-1, and it is not counted');
    expect(text).toContain('Not covered: no advisories are loaded for debian 12');
  });

  it('says what is not there, and what may have been meant', async () => {
    const nothing = { ...told, packages: [], similar: ['left-pad'], knownBy: [] };
    const text = (await explain('rich', { package: 'left', id: 'CVE-2099-1' }, {}, use(nothing))).table(style);
    expect(text).toContain('No loaded source knows it.');
    expect(text).toContain('left was not found in the image');
    expect(text).toContain('There are left-pad');
  });

  it('wants both', async () => {
    await expect(explain('rich', { package: ' ', id: 'CVE-1' }, {}, use(told))).rejects.toMatchObject({ code: 'USAGE' });
  });
});
