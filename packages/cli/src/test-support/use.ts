import { createContext } from '@plimsoll/core';
import type { Report } from '@plimsoll/model';
import { createFakeWorkspace, type FakeWorkspaceOptions, standardReports } from '@plimsoll/testkit';
import type { CommandContext } from '../types.ts';

/** What a command may use, over standard reports: `empty`, `small` and `rich` are inputs that are found. The clock stands still. */
export function useFake(more: Partial<FakeWorkspaceOptions> = {}, found: Readonly<Record<string, Report>> = {}): CommandContext {
  const workspace = createFakeWorkspace({
    reports: [standardReports.rich],
    found: { ...standardReports, ...found },
    ...more,
  });
  const context = createContext({ env: {}, offline: true, now: () => new Date('2026-02-01T00:00:00Z') });
  const environment = {
    env: {},
    folder: '/nowhere',
    dataDir: '/nowhere/data',
    cacheDir: '/nowhere/cache',
    listen: '127.0.0.1:0',
    interactive: false,
    color: false,
    terminal: false,
    debug: false,
  };
  return { workspace, context, environment };
}

/** A copy of the rich report with some of it replaced. */
export function richWith(more: Partial<Report>): Report {
  return { ...standardReports.rich, ...more };
}
