import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, type Digest, familiarName, type ImageDescription, type Inventory, type Report } from '@plimsoll/model';
import { updateAdvisories } from '../advisory/update.ts';
import { exportBases, importBases } from '../base-image/exchange/exchange.ts';
import { toBaseRecord } from '../base-image/record.ts';
import { syncBases } from '../base-image/sync/sync-bases.ts';
import type { BaseRecord } from '../base-image/types.ts';
import { catalogerVersions } from '../catalog/driver.ts';
import { noExceptions } from '../exception/load.ts';
import { isExpired } from '../exception/rules.ts';
import type { Exceptions } from '../exception/types.ts';
import type { Image, Want } from '../image/types.ts';
import type { BasePolicy } from '../recommend/types.ts';
import { openAdvisoryDatabase } from '../store/advisory-database.ts';
import { exportAdvisories, importAdvisories } from '../store/advisory-exchange.ts';
import { openBaseDatabase } from '../store/base-database.ts';
import { createImageMemory } from '../store/image-memory.ts';
import { openInventoryStore } from '../store/inventory-store.ts';
import { createLayerCache } from '../store/layer-cache.ts';
import { openPinStore } from '../store/pin-store.ts';
import type { Context } from '../util/context.ts';
import { AppError, isAppError } from '../util/errors.ts';
import { type AssessedBase, type AssessOptions, assess, simulateBase } from './assess/assess.ts';
import { readAttachedVex } from './attached-vex.ts';
import { explain } from './explain/explain.ts';
import { createFingerprints } from './fingerprints.ts';
import { indexImage } from './index-image/index-image.ts';
import { indexSbom, isSbom } from './index-sbom/index-sbom.ts';
import { listImages, openImage } from './open-image.ts';
import type { Workspace } from './types.ts';

/** Reports kept in memory; a report of 5,000 packages is some 10 MB. */
const KEPT_REPORTS = 64;
/** Bytes of bases that are read to know what is in them, when nobody says otherwise. */
const MOST_BYTES = 2_000_000_000;
/** Bases kept in memory with their matches, some hundred kilobytes each. */
const KEPT_BASES = 256;

/**
 * Opens everything Plimsoll keeps on this machine, making it where it is not there: `advisories.db` and `images.db` in `dataDir`; the
 * layer cache and downloaded feeds in `cacheDir`, which may be emptied at any time. `exceptions` hold for everything that is assessed, and are
 * asked for when something first is; `vexFromImage` adds what is attached to an image that is indexed.
 */
export function openWorkspace(options: {
  readonly dataDir: string;
  readonly cacheDir: string;
  readonly exceptions?: () => Exceptions;
  readonly vexFromImage?: boolean;
}): Workspace {
  const { dataDir, cacheDir, exceptions: load = () => noExceptions, vexFromImage = false } = options;
  let loaded: Exceptions | undefined;
  const attachedVex = new Map<Digest, Omit<Exceptions, 'rules'>>();
  mkdirSync(dataDir, { recursive: true });
  const imagesFile = path.join(dataDir, 'images.db');
  const advisoriesFile = path.join(dataDir, 'advisories.db');
  const advisories = openAdvisoryDatabase(advisoriesFile);
  const bases = openBaseDatabase(imagesFile);
  const inventories = openInventoryStore(imagesFile);
  const pins = openPinStore(imagesFile);
  const fingerprints = createFingerprints(inventories);
  const layers = createLayerCache(path.join(cacheDir, 'layers'));
  const memory = createImageMemory(path.join(cacheDir, 'layers'));
  const reports = new Map<string, Report>();
  /** Bases assessed with the advisories of `assessedWith`. */
  const assessed = new Map<Digest, AssessedBase>();
  let assessedWith = '';
  /** Why the registry did not tell what a tag points to, by name. */
  const untold = new Map<string, string>();

  const workspace: Workspace = {
    advisories,
    bases,
    inventories,
    pins,
    layers,

    async index(input: string, want: Want, context: Context): Promise<Inventory> {
      const opened: Diagnostic[] = [];
      context.progress({ step: `opening ${input}` });
      if (isSbom(input)) {
        const told = await indexSbom(input);
        inventories.put(told, context.now().toISOString());
        return told;
      }
      await using image = await openImage(input, { memory, ...want }, { ...context, diagnose: (fault) => opened.push(fault) });
      if (vexFromImage) attachedVex.set(image.description.digest, await readAttachedVex(image));
      const inventory = known(image) ?? (await indexImage(image, { cache: layers, context, opened }));
      const seen = context.now().toISOString();
      inventories.put(inventory, seen);
      assessed.delete(inventory.image.digest);
      const { source, reference, digest } = image.description;
      if (source === 'fs') return inventory; // nothing is built on a folder
      const isRemote = source === 'registry' && reference !== undefined;
      // What lies in a registry is read again by its digest, wherever its tag has moved since.
      const again = isRemote
        ? { input: `${reference.registry}/${reference.repository}@${digest}` }
        : { input: source === 'local' ? `local://${withoutPrefix(input)}` : input, ...(want.ref && { ref: want.ref }) };
      const pointed = isRemote && reference.tag !== undefined && reference.digest === undefined;
      bases.add([toBaseRecord(image.description, { ...again, origin: 'indexed' })], seen, { pointed });
      return inventory;
    },

    assess(inventory: Inventory, context: Context, policy: BasePolicy = {}): Report {
      const { digest, name } = inventory.image;
      const key = [
        digest,
        name,
        advisories.fingerprint(),
        bases.fingerprint(),
        inventories.fingerprint(),
        untold.get(name),
        pins.fingerprint(),
        JSON.stringify(policy),
        standing(context),
        attachedVex.get(digest)?.fingerprint,
      ].join(' ');
      const kept = reports.get(key);
      if (kept) return kept;
      const report = assess(inventory, assessOptions(context, policy, digest));
      reports.set(key, report);
      for (const old of reports.keys()) {
        if (reports.size <= KEPT_REPORTS) break;
        reports.delete(old);
      }
      return report;
    },

    report(digest: Digest, context: Context): Report {
      const inventory = inventories.get(digest);
      if (!inventory) throw new AppError('IMAGE_NOT_FOUND', `no image ${digest} was indexed here`, { hint: 'add it first' });
      return workspace.assess(inventory, context);
    },

    explain: (inventory, question, context) => explain(inventory, question, assessOptions(context, {}, inventory.image.digest)),

    async checkTag(digest, context) {
      const reference = inventories.get(digest)?.image.reference;
      if (reference?.tag === undefined) return;
      const { digest: _, ...tag } = reference;
      const name = familiarName(tag);
      untold.delete(name);
      const note = (reason: string) => void untold.set(name, reason);
      const records: Parameters<typeof bases.add>[0][number][] = [];
      try {
        for await (const { description } of listImages(`registry://${name}`, { ...context, diagnose: ({ message }) => note(message) })) {
          records.push(toBaseRecord(description, { input: `${familiarName({ ...tag, digest: description.digest })}`, origin: 'indexed' }));
        }
      } catch (error) {
        if (!isAppError(error) || error.code === 'CANCELLED') throw error;
        note(error.message);
      }
      if (records.length > 0) bases.add(records, context.now().toISOString(), { pointed: true });
    },

    async indexCandidates(digest, { most, maxBytes = MOST_BYTES, policy }, context) {
      const inventory = inventories.get(digest);
      if (!inventory) throw new AppError('IMAGE_NOT_FOUND', `no image ${digest} was indexed here`, { hint: 'add it first' });
      const { bases: advice } = workspace.assess(inventory, context, policy).recommendations;
      const wanted = [...advice.flatMap(({ current, refresh }) => [current, ...refresh]), ...(advice[0]?.change.slice(0, most) ?? [])];
      const unknown = [...new Set(wanted.map((base) => base.digest))].filter((base) => !inventories.get(base));
      let indexed = 0;
      let left = maxBytes;
      for (const [position, base] of unknown.entries()) {
        const record = bases.byDigest(base).find((found) => found.digest === base);
        if (!record || record.size > left) continue;
        left -= record.size;
        context.progress({ step: `indexing ${record.name}`, done: position / unknown.length });
        if (await indexBase(record, context)) indexed += 1;
      }
      return indexed;
    },

    pinBase(digest, name) {
      const inventory = inventories.get(digest);
      if (!inventory) throw new AppError('IMAGE_NOT_FOUND', `no image ${digest} was indexed here`, { hint: 'add it first' });
      if (name === undefined) pins.remove(pinKey(inventory.image));
      else pins.put(pinKey(inventory.image), name);
    },

    simulate(digest, change, context) {
      const inventory = inventories.get(digest);
      const simulation = inventory && simulateBase(inventory, change, assessOptions(context, {}, digest));
      if (simulation) return simulation;
      throw new AppError(
        'IMAGE_NOT_FOUND',
        `nothing can be said of ${digest} on ${change.candidate}: one of them, or the base, was not indexed`,
        {
          hint: 'index the candidate first',
        },
      );
    },

    updateAdvisories: (wanted, context) => updateAdvisories({ ...wanted, folder: path.join(cacheDir, 'feeds') }, advisories, context),

    syncBases: (input, options, context) => syncBases(input, options, bases, context),
    exportAdvisories: (file) => exportAdvisories(advisoriesFile, file),
    importAdvisories: (file) => importAdvisories(file, advisoriesFile),
    exportBases: (file, context) => exportBases(file, bases, context),
    importBases: (file, context) => importBases(file, bases, context),

    async addBases(input, context) {
      const [added] = await syncBases(input, {}, bases, context);
      return { images: added?.images ?? 0, repositories: added?.repositories ?? [] };
    },

    [Symbol.dispose]() {
      advisories[Symbol.dispose]();
      bases[Symbol.dispose]();
      inventories[Symbol.dispose]();
      pins[Symbol.dispose]();
    },
  };
  return workspace;

  /** Reads a base for its counts; true where it could be. */
  async function indexBase({ input, ref, name, platform, digest }: BaseRecord, context: Context): Promise<boolean> {
    try {
      // What was read from a registry is read there again: an engine may keep it under a manifest of its own.
      const engine = input.startsWith('local://') ? {} : { engine: async () => undefined };
      await using image = await openImage(input, { platform, ...engine, ...(ref !== undefined && { ref }) }, context);
      const { digest: found } = image.description;
      if (found !== digest) throw new AppError('IMAGE_NOT_FOUND', `${name} is another image by now: ${found}`);
      inventories.keep(await indexImage(image, { cache: layers, context }), context.now().toISOString());
      return true;
    } catch (error) {
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
      context.diagnose({ code: error.code, message: `${name} was not indexed: ${error.message}`, author: 'bases' });
      return false;
    }
  }

  function assessOptions(context: Context, policy: BasePolicy = {}, digest?: Digest): AssessOptions {
    const fingerprint = `${advisories.fingerprint()} ${standing(context)}`;
    if (fingerprint !== assessedWith || assessed.size > KEPT_BASES) assessed.clear();
    assessedWith = fingerprint;
    return {
      advisories,
      bases,
      inventory: (digest) => inventories.get(digest),
      untold: (name) => untold.get(name),
      pinned: (image) => pins.get(pinKey(image)),
      fingerprints,
      assessed,
      policy,
      exceptions: exceptions(digest),
      now: context.now(),
    };
  }

  function exceptions(digest?: Digest): Exceptions {
    loaded ??= load();
    const own = digest && attachedVex.get(digest);
    if (!own) return loaded;
    const { rules, documents, diagnostics, fingerprint } = loaded;
    return {
      rules,
      documents: [...documents, ...own.documents],
      diagnostics: [...diagnostics, ...own.diagnostics],
      fingerprint: `${fingerprint} ${own.fingerprint}`,
    };
  }

  /** Changes on the day on which a rule expires. */
  function standing(context: Context): string {
    return exceptions()
      .rules.map((rule) => (isExpired(rule, context.now()) ? '-' : '+'))
      .join('');
  }

  /** An inventory made before by the same catalogers, under the name it goes by now. */
  function known(image: Image): Inventory | undefined {
    const inventory = inventories.get(image.description.digest);
    if (!inventory || !sameVersions(inventory.catalogers, catalogerVersions())) return undefined;
    return { ...inventory, image: image.description };
  }
}

function withoutPrefix(input: string): string {
  return input.replace(/^[a-z-]+:\/\//, '');
}

function sameVersions(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** A rebuilt image of the same name keeps its pin; one that has no name but its digest is meant alone. */
function pinKey({ name, digest, reference }: ImageDescription): string {
  return reference && reference.tag === undefined ? digest : name;
}
