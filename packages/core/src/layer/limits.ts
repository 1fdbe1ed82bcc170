import type { Context } from '../util/context.ts';
import { AppError } from '../util/errors.ts';

/** What a layer may cost before it is called hostile. */
export interface LayerLimits {
  /** Bytes of the uncompressed tar. */
  readonly maxTarBytes: number;
  /** Uncompressed bytes for each stored one, once the first 64 MiB are out. */
  readonly maxRatio: number;
  readonly maxEntries: number;
  /** Seconds that reading may take. */
  readonly maxSeconds: number;
  /** Bytes of claimed files that are held as a whole, together. */
  readonly maxClaimedBytes: number;
}

/** Generous to honest images: the largest in use stay far below. */
const DEFAULTS: LayerLimits = {
  maxTarBytes: 256 * 1024 ** 3,
  maxRatio: 1100,
  maxEntries: 5_000_000,
  maxSeconds: 3600,
  maxClaimedBytes: 1024 ** 3,
};

const VARIABLES = {
  maxTarBytes: 'PLIMSOLL_MAX_LAYER_BYTES',
  maxRatio: 'PLIMSOLL_MAX_LAYER_RATIO',
  maxEntries: 'PLIMSOLL_MAX_LAYER_ENTRIES',
  maxSeconds: 'PLIMSOLL_MAX_LAYER_SECONDS',
} as const;

/** The limits that hold where the environment says nothing else. Throws `USAGE` for a variable that is no number above 0. */
export function layerLimits(env: Context['env'] = {}): LayerLimits {
  const set = Object.entries(VARIABLES).flatMap(([limit, variable]) => {
    const text = env[variable];
    if (text === undefined || text === '') return [];
    const value = Number(text);
    if (!(value > 0)) throw new AppError('USAGE', `${variable} is ${text}`, { hint: 'set it to a number above 0, or not at all' });
    return [[limit, value]];
  });
  return { ...DEFAULTS, ...Object.fromEntries(set) };
}
