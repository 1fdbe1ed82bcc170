import { errorCodes } from '@plimsoll/core';
import { describe, expect, it } from 'vitest';
import { readSource, readSources } from './sources.ts';

const page = readSource('docs/reference/errors.md').text;

describe('docs/reference/errors.md', () => {
  it('has each code with its status and exit code, and no other', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (\d+) \|/gm)];
    const documented = Object.fromEntries(rows.map(([, code, status, exit]) => [code, { status: Number(status), exit: Number(exit) }]));
    expect(documented).toEqual(errorCodes);
    expect(rows).toHaveLength(Object.keys(errorCodes).length);
  });

  it('has each diagnostic that the code makes, and no other', () => {
    const section = page.slice(page.indexOf('## Diagnostics'));
    const documented = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code).sort();
    const made = readSources('packages/core').flatMap(({ text }) => [...text.matchAll(/\bcode: '([A-Z_]+)'/g)].map(([, code]) => code));
    const diagnostics = [...new Set(made)].filter((code) => !Object.hasOwn(errorCodes, code ?? '')).sort();
    expect(documented).toEqual(diagnostics);
  });
});
