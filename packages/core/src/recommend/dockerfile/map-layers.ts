import { type ImageDescription, instructionOf, type Layer } from '@plimsoll/model';
import { finalStages } from './read.ts';
import type { Instruction, ReadDockerfile } from './types.ts';

/** An instruction and the layers it made. */
export interface MappedInstruction {
  readonly instruction: Instruction;
  readonly layers: readonly number[];
}

/** Instructions that a builder writes no history for. */
const SILENT: ReadonlySet<string> = new Set(['FROM']);
/** No Dockerfile of a person has more; of one that has, the last ones are looked at. */
const MOST_INSTRUCTIONS = 1000;
/** With less of the image's own layers found than this, the file is another image's. */
const LEAST_FIT = 0.5;

/**
 * Finds the instruction that made each layer: the history of the image and the instructions of the final stage, and of the stages it stands on,
 * in one order. `ownFirst` is the index of the first layer that is not of the external base: those before belong to its FROM.
 */
export function mapLayers(
  file: ReadDockerfile,
  image: ImageDescription,
  ownFirst: number,
): { readonly mapped: readonly MappedInstruction[]; readonly fits: boolean } {
  const stages = finalStages(file);
  const written = stages.flatMap(({ from, instructions }) => [from, ...instructions]);
  const said = written.filter(({ keyword }) => !SILENT.has(keyword)).slice(-MOST_INSTRUCTIONS);
  const own = image.layers.filter(({ index }) => index >= ownFirst);
  const pairs = align(own, said);
  const [base] = stages;
  const mapped = written.map((instruction): MappedInstruction => {
    if (instruction === base?.from)
      return { instruction, layers: image.layers.filter(({ index }) => index < ownFirst).map(({ index }) => index) };
    return { instruction, layers: pairs.filter(([, found]) => found === instruction).map(([{ index }]) => index) };
  });
  const stored = own.filter(({ emptyLayer }) => !emptyLayer);
  const found = pairs.filter(([{ emptyLayer }]) => !emptyLayer).length;
  return { mapped, fits: stored.length === 0 || found / stored.length >= LEAST_FIT };
}

/** The pairs of layer and instruction, both in order, that fit best together. */
function align(layers: readonly Layer[], instructions: readonly Instruction[]): readonly (readonly [Layer, Instruction])[] {
  const said = instructions.map(({ keyword, text }) => ({ keyword, words: wordsOf(text) }));
  const likeness = layers.map(({ createdBy }) => {
    const { keyword, text } = readHistory(createdBy);
    const words = wordsOf(text);
    return said.map((instruction) => likenessOf({ keyword, words }, instruction));
  });
  const best = layers.map(() => [] as number[]);
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    for (let j = instructions.length - 1; j >= 0; j -= 1) {
      const like = likeness[i]?.[j] ?? 0;
      const row = best[i] as number[];
      row[j] = Math.max(at(i + 1, j), at(i, j + 1), like > 0 ? like + at(i + 1, j + 1) : 0);
    }
  }
  const pairs: (readonly [Layer, Instruction])[] = [];
  for (let i = 0, j = 0; i < layers.length && j < instructions.length; ) {
    const like = likeness[i]?.[j] ?? 0;
    if (like > 0 && at(i, j) === like + at(i + 1, j + 1)) {
      pairs.push([layers[i] as Layer, instructions[j] as Instruction]);
      i += 1;
      j += 1;
    } else if (at(i, j) === at(i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** What the history says, as an instruction. A shell's own words are cut away. */
function readHistory(createdBy: string): { readonly keyword: string; readonly text: string } {
  const instruction = instructionOf(createdBy);
  const [keyword = ''] = instruction.split(/\s/, 1);
  return { keyword: keyword.toUpperCase(), text: instruction.slice(keyword.length).replace(/\s+/g, ' ').trim() };
}

interface Words {
  readonly keyword: string;
  readonly words: readonly string[];
}

/** 0 another instruction; 1 the same kind; up to 4 the same words. */
function likenessOf(history: Words, { keyword, words }: Words): number {
  if (history.keyword !== keyword) return 0;
  const shared = history.words.filter((word) => words.includes(word)).length;
  const share = shared / Math.max(1, Math.min(history.words.length, words.length));
  // RUN lines are many and tell themselves apart; a COPY of an old builder says nothing but a checksum.
  if (keyword === 'RUN' && share < 0.3) return 0;
  return 1 + 3 * share;
}

/** The first words; that many tell instructions apart. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/["'[\],]/g, ' ')
    .split(' ')
    .filter((word) => word !== '' && !word.startsWith('--'))
    .slice(0, 40);
}
