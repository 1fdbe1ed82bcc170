import { AppError, type BaseRecord, type Context, type StoredImage, type Workspace } from '@plimsoll/core';
import type { AdvisorySourceStatus, Inventory, Report } from '@plimsoll/model';

/** What a fake workspace holds, and how it behaves where a test asks for trouble. */
export interface FakeWorkspaceOptions {
  /** Images that are there from the start, newest first. */
  readonly reports: readonly Report[];
  /** Images that `index` finds, by input. Others are `INPUT_UNRECOGNISED`. */
  readonly found?: Readonly<Record<string, Report>>;
  readonly bases?: readonly BaseRecord[];
  readonly sources?: readonly AdvisorySourceStatus[];
  /** Awaited by long work after its first progress; reject it to make the work fail. Cancelling ends the wait. */
  readonly gate?: () => Promise<void>;
  /** Sources whose update fails. */
  readonly failing?: readonly string[];
}

/** A workspace in memory: reports go in, the same come out. `move()` changes the fingerprints as an update would. */
export interface FakeWorkspace extends Workspace {
  move(): void;
  /** How often a report was asked for. */
  readonly assessed: () => number;
}

/** See {@link FakeWorkspace}. What no client needs throws. */
export function createFakeWorkspace(options: FakeWorkspaceOptions): FakeWorkspace {
  const { found = {}, bases = [], sources = options.reports[0]?.advisories ?? [], gate = async () => {}, failing = [] } = options;
  const images = new Map(options.reports.map((report, age) => [report.inventory.image.digest, entry(report, age)]));
  const pinned = new Map<string, string>();
  let fingerprint = 1;
  let assessments = 0;

  const workspace: FakeWorkspace = {
    advisories: {
      find: unused,
      byIds: unused,
      kev: unused,
      epss: unused,
      covers: () => true,
      status: () => sources,
      replace: unused,
      fail: unused,
      fingerprint: () => `advisories-${fingerprint}`,
    } as unknown as Workspace['advisories'],
    bases: {
      byChainIds: unused,
      byDigest: unused,
      byChain: unused,
      byRepository: unused,
      historyOfTag: unused,
      newestOfTag: unused,
      aliasesOf: unused,
      followed: () => [],
      list: () => bases,
      fingerprint: () => `bases-${fingerprint}`,
      add: unused,
      remove: unused,
    },
    inventories: {
      get: (digest) => images.get(digest)?.report.inventory,
      put: unused,
      keep: unused,
      digests: () => [...images.keys()],
      fingerprint: () => String(images.size),
      list: () => [...images.values()].map(({ stored }) => stored),
      remove: (digest) => images.delete(digest),
      [Symbol.dispose]: () => {},
    } as Workspace['inventories'],
    pins: {
      get: (image: string) => pinned.get(image),
      put: unused,
      remove: unused,
      fingerprint: () => JSON.stringify([...pinned]),
    } as unknown as Workspace['pins'],
    layers: { get: unused, set: unused } as Workspace['layers'],

    explain: unused,

    async index(input, _want, context): Promise<Inventory> {
      context.progress({ step: `opening ${input}` });
      await pass(context);
      context.progress({ step: 'reading layer 1 of 1', done: 0.5 });
      const report = found[input];
      if (!report) throw new AppError('INPUT_UNRECOGNISED', `${input} is no image`, { hint: 'give a reference or a path' });
      images.set(report.inventory.image.digest, entry(report, 0));
      return report.inventory;
    },
    assess: (inventory) => read(inventory.image.digest),
    report: (digest) => read(digest),
    checkTag: async () => {},
    pinBase: (digest, name) => {
      read(digest);
      if (name === undefined) pinned.delete(digest);
      else pinned.set(digest, name);
    },
    indexCandidates: async (_digest, _options, context) => {
      await pass(context);
      return 1;
    },
    simulate: unused,
    async updateAdvisories({ sources: wanted }, context) {
      context.progress({ step: 'fetching' });
      await pass(context);
      return (wanted ?? sources.map(({ id }) => id)).map((source) =>
        failing.includes(source)
          ? { source, state: 'failed' as const, records: 0, error: 'the feed did not answer' }
          : { source, state: 'updated' as const, records: 1 },
      );
    },
    async syncBases(input, _options, context) {
      context.progress({ step: `listing ${input}` });
      await pass(context);
      return [{ input: input ?? 'python', images: 2, repositories: [input ?? 'python'], tags: 2, changed: 1, gone: 0, complete: true }];
    },
    exportAdvisories: async () => ({ sources: 2, records: 30 }),
    importAdvisories: async () => ({ sources: 2, records: 30 }),
    exportBases: async () => ({ records: 2, places: 1, repositories: 1, skipped: 0 }),
    importBases: async () => ({ records: 2, places: 1, repositories: 1, skipped: 0 }),
    async addBases(input, context) {
      context.progress({ step: `listing ${input}` });
      await pass(context);
      return { images: 2, repositories: [input] };
    },
    move: () => {
      fingerprint += 1;
    },
    assessed: () => assessments,
    [Symbol.dispose]: () => {},
  };
  return workspace;

  function read(digest: Report['inventory']['image']['digest']): Report {
    const image = images.get(digest);
    if (!image) throw new AppError('IMAGE_NOT_FOUND', `no image ${digest} was indexed here`);
    assessments += 1;
    return image.report;
  }

  async function pass({ signal }: Context): Promise<void> {
    await Promise.race([gate(), aborted(signal)]);
    if (signal?.aborted) throw new AppError('CANCELLED', 'cancelled');
  }
}

function entry(report: Report, age: number): { readonly report: Report; readonly stored: StoredImage } {
  const { digest, name } = report.inventory.image;
  return { report, stored: { digest, names: [name], indexed: new Date(Date.UTC(2026, 0, 31) - age * 86_400_000).toISOString() } };
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

function unused(): never {
  throw new Error('a fake workspace does not do this');
}
