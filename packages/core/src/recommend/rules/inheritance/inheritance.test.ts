import type { ConfigChange, SeverityCounts } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { inheritance } from './index.ts';

const zero: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, unspecified: 0 };

function judge(config: readonly ConfigChange[], warnings: readonly string[] = []) {
  const simulation = {
    counts: zero,
    difference: zero,
    vulnerabilities: { gained: 0, lost: 0, estimated: 0 },
    packages: { gained: 0, lost: 0, changed: 0, estimated: 0 },
    config,
    warnings,
  };
  return inheritance.judge({ ...base(), simulation }, base(), new Date(0)).map(({ text }) => text);
}

describe('inheritance', () => {
  it('names every setting once', () => {
    expect(
      judge([
        { field: 'cmd', from: '["bash"]', to: '["sh"]' },
        { field: 'env', name: 'LANG', from: 'C.UTF-8' },
        { field: 'port', name: '80/tcp', to: '80/tcp' },
      ]),
    ).toEqual(['Your image would inherit other settings: CMD, ENV LANG, EXPOSE 80/tcp']);
  });

  it('passes over what states versions', () => {
    expect(judge([{ field: 'env', name: 'PYTHON_VERSION', from: '3.9.1', to: '3.9.2' }])).toEqual([]);
  });

  it('says each warning', () => {
    expect(judge([], ['another C library: glibc → musl'])).toEqual(['Another C library: glibc → musl']);
  });
});
