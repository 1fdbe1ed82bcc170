import {
  countSeverities,
  type HiddenAdvice,
  type HiddenFile,
  type HiddenPackage,
  instructionOf,
  type Layer,
  type Match,
} from '@plimsoll/model';
import { countText, sizeText } from './shared/text.ts';
import type { RecommendInput } from './types.ts';

const MOST = 50;
/** Less than this, and without a package, is not worth an instruction. */
const SMALL = 100_000;

interface Group {
  readonly layer: number;
  readonly hiddenBy: number;
  readonly files: HiddenFile[];
  readonly packages: HiddenPackage[];
}

/** What later layers hide of earlier ones and every pull still fetches, pair by pair of layers, with the instruction that would avoid it. */
export function adviseHidden({ inventory, hiddenMatches, links }: RecommendInput): readonly HiddenAdvice[] {
  const groups = new Map<string, Group>();
  const groupOf = (layer: number, hiddenBy: number): Group => {
    const key = `${layer} ${hiddenBy}`;
    const group = groups.get(key) ?? { layer, hiddenBy, files: [], packages: [] };
    groups.set(key, group);
    return group;
  };
  for (const file of inventory.files.hidden) groupOf(file.layer, file.hiddenBy).files.push(file);
  for (const found of inventory.hidden) groupOf(found.introducedIn, found.hiddenBy).packages.push(found);
  const ownFirst = links.at(-1)?.layers[0] ?? 0;
  const layers = new Map(inventory.image.layers.map((layer) => [layer.index, layer]));
  return [...groups.values()]
    .map((group) => toAdvice(group, layers, ownFirst, hiddenMatches))
    .filter(({ bytes, packages }) => bytes >= SMALL || packages > 0)
    .sort((a, b) => b.bytes - a.bytes || a.layer - b.layer || a.hiddenBy - b.hiddenBy)
    .slice(0, MOST);
}

function toAdvice(group: Group, layers: ReadonlyMap<number, Layer>, ownFirst: number, matches: readonly Match[]): HiddenAdvice {
  const { layer, hiddenBy, files, packages } = group;
  const ids = new Set(packages.map(({ id }) => id));
  const [brought, hides] = [layers.get(layer), layers.get(hiddenBy)].map((found) => instructionOf(found?.createdBy ?? ''));
  const own = layer >= ownFirst;
  return {
    layer,
    hiddenBy,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    files: files.length,
    packages: packages.length,
    counts: countSeverities(matches.filter(({ packageId, suppressed }) => ids.has(packageId) && !suppressed)),
    own,
    ...wordsOf(group, { brought: brought ?? '', hides: hides ?? '', own }),
  };
}

interface Instructions {
  readonly brought: string;
  readonly hides: string;
  readonly own: boolean;
}

function wordsOf(
  { layer, hiddenBy, files, packages }: Group,
  { brought, hides, own }: Instructions,
): Pick<HiddenAdvice, 'advice' | 'instruction'> {
  const bytes = sizeText(files.reduce((sum, { size }) => sum + size, 0));
  const deletes = files.length > 0 ? files.every(({ deleted }) => deleted) : packages.every(({ replacedBy }) => replacedBy === undefined);
  const what = packages.length > 0 ? `${countText(packages.length, 'package')} and ${bytes}` : bytes;
  const done = `Layer ${hiddenBy} ${deletes ? 'deletes' : 'replaces'} ${what} of layer ${layer}`;
  if (!own) {
    if (deletes) return { advice: `${done}, which the base brings: pulls still fetch it. A base without it is smaller.` };
    return { advice: `${done}, which the base brings: pulls fetch both. A base that has the newer ones needs no upgrade.` };
  }
  if (isRun(brought) && isRun(hides) && hiddenBy - layer >= 1) {
    return { advice: `${done}: pulls still fetch it. Do both in one RUN.`, ...joined(brought, hides) };
  }
  if (/^(?:COPY|ADD) /.test(brought)) {
    const paths = topFolders(files.map(({ path }) => path));
    const advice = `${done}: pulls still fetch it. Do not copy it: name it in .dockerignore, or copy from a build stage what is needed.`;
    return { advice, ...(deletes && paths.length > 0 && { instruction: paths.join('\n') }) };
  }
  return { advice: `${done}: pulls still fetch it. Bring it and take it away in one instruction, or in a build stage.` };
}

function isRun(instruction: string): boolean {
  return instruction.startsWith('RUN ');
}

/** Long instructions are left to the author to join. */
function joined(brought: string, hides: string): { readonly instruction?: string } {
  const instruction = `${brought} && \\\n    ${hides.slice('RUN '.length)}`;
  return instruction.length > 500 || /<<|#/.test(instruction) ? {} : { instruction };
}

/** The folders that hold most, at most five: `app/node_modules/minimist`. */
function topFolders(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const end = path.lastIndexOf('/');
    const folder = end === -1 ? path : path.slice(0, end);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const tops = [...counts.keys()].filter((folder) => ![...counts.keys()].some((other) => folder.startsWith(`${other}/`)));
  return tops.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1)).slice(0, 5);
}
