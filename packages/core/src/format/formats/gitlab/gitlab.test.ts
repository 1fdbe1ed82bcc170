import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { gitlab } from './index.ts';

const text = z.string().min(1);
const program = z.object({ id: text, name: text, version: text, vendor: z.object({ name: text }) });
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);

/** What the schema of container scanning 15 demands. */
const schema = z.object({
  version: z.string().regex(/^15\.\d+\.\d+$/),
  scan: z.object({
    type: z.literal('container_scanning'),
    status: z.enum(['success', 'failure']),
    start_time: time,
    end_time: time,
    analyzer: program,
    scanner: program,
  }),
  vulnerabilities: z.array(
    z.object({
      id: text,
      name: z.string().max(255),
      description: z.string().max(1_048_576).optional(),
      severity: z.enum(['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical']),
      solution: z.string().max(7000).optional(),
      location: z.object({
        image: text,
        operating_system: text.max(255),
        dependency: z.object({ package: z.object({ name: z.string() }), version: z.string() }),
      }),
      identifiers: z
        .array(z.object({ type: text, name: text, value: text, url: z.url().optional() }))
        .min(1)
        .max(20),
      links: z.array(z.object({ url: z.url() })),
    }),
  ),
});

testFormat(gitlab, (written) => {
  expect(() => schema.parse(JSON.parse(written))).not.toThrow();
});

describe('gitlab', () => {
  const { rich } = standardReports;
  const { vulnerabilities } = schema.parse(JSON.parse([...gitlab.encode(rich, '1')].join('')));

  it('has what counts, and nothing that is suppressed', () => {
    expect(vulnerabilities).toHaveLength(rich.matches.filter(({ suppressed }) => !suppressed).length);
  });

  it('says what would mend it', () => {
    const fixable = rich.matches.find(({ fixedIn, suppressed }) => fixedIn !== undefined && !suppressed);
    expect(vulnerabilities.find(({ id }) => id.startsWith(`${fixable?.id} `))?.solution).toContain(` to ${fixable?.fixedIn}`);
  });
});
