import { type Severity, severities } from '@plimsoll/model';

/** Tabs of the details page. */
export const tabs = ['vulnerabilities', 'packages', 'hidden', 'files'] as const;
/** See {@link tabs}. */
export type TabId = (typeof tabs)[number];

/** What vulnerabilities can be grouped by. */
export const groupings = ['package', 'vulnerability', 'layer', 'none'] as const;
/** See {@link groupings}. */
export type Grouping = (typeof groupings)[number];

/** What can be done about a base: its newer image, or another one. */
export const tips = ['refresh', 'change'] as const;
/** See {@link tips}. */
export type Tip = (typeof tips)[number];

/** Everything that the details page shows and that is not in the report: it lives in the address bar. Absent means the default. */
export interface DetailsSearch {
  /** Position in the hierarchy; absent is ALL. */
  readonly base?: number;
  /** Chosen layers. */
  readonly layers?: readonly number[];
  readonly tab?: TabId;
  /** Filter text. */
  readonly q?: string;
  readonly severity?: readonly Severity[];
  readonly fixable?: true;
  readonly exploited?: true;
  readonly type?: readonly string[];
  readonly group?: Grouping;
  /** Keys of open rows. */
  readonly open?: readonly string[];
  /** Packages with vulnerabilities alone. */
  readonly vulnerable?: true;
  /** `image`, `plan`, or the name of a base. */
  readonly fixes?: string;
  /** Which of the recommendations for a base; absent is what there is most to say of. */
  readonly tip?: Tip;
}

/** Reads the search part of an address; what does not fit is left out. */
export function parseDetailsSearch(raw: Readonly<Record<string, unknown>>): DetailsSearch {
  const severity = list(raw.severity).filter((word): word is Severity => (severities as readonly string[]).includes(word));
  const layers = list(raw.layers).map(Number).filter(isIndex);
  const type = list(raw.type);
  const base = Number(raw.base);
  return {
    ...(raw.base !== undefined && isIndex(base) && { base }),
    ...(layers.length > 0 && { layers: [...new Set(layers)].sort((a, b) => a - b) }),
    ...(oneOf(tabs, raw.tab) && { tab: oneOf(tabs, raw.tab) as TabId }),
    ...(raw.q !== undefined && raw.q !== '' && { q: String(raw.q) }),
    ...(severity.length > 0 && { severity }),
    ...(isTrue(raw.fixable) && { fixable: true as const }),
    ...(isTrue(raw.exploited) && { exploited: true as const }),
    ...(type.length > 0 && { type }),
    ...(oneOf(groupings, raw.group) && { group: oneOf(groupings, raw.group) as Grouping }),
    ...(raw.open !== undefined && { open: list(raw.open) }),
    ...(isTrue(raw.vulnerable) && { vulnerable: true as const }),
    ...(oneOf(tips, raw.tip) && { tip: oneOf(tips, raw.tip) as Tip }),
    ...(typeof raw.fixes === 'string' && raw.fixes !== '' && { fixes: raw.fixes }),
  };
}

function list(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === '' ? [] : [String(value)];
}

function isIndex(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 10_000;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1;
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}
