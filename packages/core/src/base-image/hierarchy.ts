import { type Confidence, confidences, type ImageDescription, type TaggedImage } from '@plimsoll/model';
import { nameOf, rankRecords } from './rank.ts';
import { detectors } from './registry.ts';
import type { BaseClaim, BaseImageDetector, BaseIndex, BaseRecord, HierarchyLink, ImageFacts } from './types.ts';

const NO_FACTS: ImageFacts = { packages: [], fingerprints: () => [] };

/**
 * The chain of base images, earliest first, this image last. Every detector is asked, those that guess only where the others found nothing;
 * claims about the same place are one link, with all the evidence and the best confidence. What a person pinned is the nearest base, whatever
 * others say. An unknown base gives no link: nothing is made up.
 *
 * Layers A B C D; debian is A, python is A B C: debian (A) -> python (B C) -> this image (D).
 */
export function findHierarchy(image: ImageDescription, index: BaseIndex, facts: ImageFacts = NO_FACTS): readonly HierarchyLink[] {
  const ask = (guesses: boolean) =>
    detectors.flatMap((detector: BaseImageDetector) =>
      (detector.guesses ?? false) === guesses ? detector.detect(image, index, facts) : [],
    );
  const sure = ask(false);
  const claims = underPin(sure.length > 0 ? sure : ask(true));
  const placed = mergeClaims(claims.filter(({ layerCount }) => layerCount > 0));
  const unplaced = placed.length === 0 ? claims.filter(({ layerCount }) => layerCount === 0).slice(0, 1) : [];
  const links: HierarchyLink[] = [];
  let start = 0;
  for (const place of placed) {
    const end = Math.max(start, endOf(place, image));
    links.push(toLink(place, [start, end - 1], image, index));
    start = end;
  }
  for (const claim of unplaced) links.push(toStatedLink(claim, start, image, index));
  return [...links, selfLink(image, [start, image.layers.length - 1], index)];
}

/** Where a person said which base it is, nothing above it is a base; and where its layers are not known, nothing else is. */
function underPin(claims: readonly BaseClaim[]): readonly BaseClaim[] {
  const pin = claims.find(isPin);
  if (!pin) return claims;
  if (pin.layerCount === 0) return [pin];
  return claims.filter(
    ({ layerCount, historyCount }) =>
      layerCount < pin.layerCount || (layerCount === pin.layerCount && (historyCount === 0 || historyCount <= pin.historyCount)),
  );
}

function isPin({ evidence }: BaseClaim): boolean {
  return evidence.detector === 'pin';
}

interface Place {
  readonly layerCount: number;
  readonly historyCount: number;
  readonly records: readonly BaseRecord[];
  readonly claims: readonly BaseClaim[];
}

/** Claims about the same part of the image are one place; shortest first. A claim without history joins the first with its layers. */
function mergeClaims(claims: readonly BaseClaim[]): readonly Place[] {
  const places = new Map<string, { layerCount: number; historyCount: number; records: BaseRecord[]; claims: BaseClaim[] }>();
  for (const claim of claims.toSorted((a, b) => Number(a.historyCount === 0) - Number(b.historyCount === 0))) {
    const { layerCount, historyCount, records } = claim;
    const key = `${layerCount} ${historyCount}`;
    const home =
      places.get(key) ?? (historyCount === 0 ? [...places.values()].find((place) => place.layerCount === layerCount) : undefined);
    if (home) {
      home.claims.push(claim);
      home.records.push(...records);
    } else {
      places.set(key, { layerCount, historyCount, records: [...records], claims: [claim] });
    }
  }
  return [...places.values()]
    .map((place) => ({
      ...place,
      records: [...new Map(place.records.map((record) => [`${nameOf(record)} ${record.digest}`, record])).values()],
    }))
    .sort((a, b) => a.layerCount - b.layerCount || a.historyCount - b.historyCount);
}

/** Where a base's part of the history ends: its own history where that fits, so that its CMD and ENV are its own; else its last layer. */
function endOf({ layerCount, historyCount }: Place, image: ImageDescription): number {
  const stored = image.layers.filter(({ emptyLayer }) => !emptyLayer);
  const last = stored[layerCount - 1]?.index ?? -1;
  const next = stored[layerCount]?.index ?? image.layers.length;
  return historyCount > last && historyCount <= next ? historyCount : last + 1;
}

function toLink(place: Place, layers: readonly [number, number], image: ImageDescription, index: BaseIndex): HierarchyLink {
  const stated = new Set(place.claims.flatMap(({ statedName }) => (statedName === undefined ? [] : [statedName])));
  const ranked = rankRecords(place.records, stated, place.historyCount);
  const [record] = ranked;
  const names = record ? ranked.map(({ name }) => name) : [...stated];
  return {
    candidates: [...new Set(names)],
    layers,
    confidence: surest(place.claims),
    evidence: place.claims.map(({ evidence }) => evidence),
    self: false,
    pinned: place.claims.some(isPin),
    ...(record && { record, ...ageOf(record, index, image) }),
  };
}

/** A base that is only stated, or that the image is like: nobody knows which layers it brought. */
function toStatedLink(claim: BaseClaim, start: number, image: ImageDescription, index: BaseIndex): HierarchyLink {
  const { statedName = '', statedDigest, confidence, evidence, records } = claim;
  const [record] = records;
  return {
    candidates: record ? [...new Set(records.map(({ name }) => name))] : [statedName],
    layers: [start, start - 1],
    confidence,
    evidence: [evidence],
    self: false,
    pinned: isPin(claim),
    ...(record ? { record, ...ageOf(record, index, image) } : statedDigest && { current: { digest: statedDigest, aliases: [] } }),
  };
}

function selfLink(image: ImageDescription, layers: readonly [number, number], index: BaseIndex): HierarchyLink {
  const record = index.byDigest(image.digest).find(({ name }) => name === image.name);
  return {
    candidates: [image.name],
    layers,
    confidence: 'verified',
    evidence: [{ detector: 'self', detail: 'this image' }],
    self: true,
    pinned: false,
    ...(record
      ? ageOf(record, index, image)
      : { current: { digest: image.digest, aliases: image.aliases, ...(image.created && { created: image.created }) } }),
    ...(record && { record }),
  };
}

/** The image in use beside the newest one known of the same tag. */
function ageOf(record: BaseRecord, index: BaseIndex, image: ImageDescription) {
  const newest = record.tag === '' ? undefined : index.newestOfTag(record.repository, record.tag, image.platform);
  const latestRecord = newest ?? record;
  return {
    current: toTagged(record, index),
    latest: toTagged(latestRecord, index),
    latestRecord,
    ...(record.tag !== '' && { outdated: !isSame(latestRecord, record) }),
  };
}

/** An engine may give an image under another manifest than the registry; its config is the same. */
function isSame(a: BaseRecord, b: BaseRecord): boolean {
  return a.digest === b.digest || (a.configDigest !== undefined && a.configDigest === b.configDigest);
}

function toTagged(record: BaseRecord, index: BaseIndex): TaggedImage {
  const aliases = index.aliasesOf(record.digest).filter((name) => name !== record.name);
  return { digest: record.digest, aliases, ...(record.created && { created: record.created }) };
}

function surest(claims: readonly BaseClaim[]): Confidence {
  return confidences.find((confidence) => claims.some((claim) => claim.confidence === confidence)) ?? 'guessed';
}
