import { type Dockerfile, DockerfileParser, type From, type Instruction as ParsedInstruction } from 'dockerfile-ast';
import { substitute } from './substitute.ts';
import type { GlobalArgument, Instruction, ReadDockerfile, Span, Stage } from './types.ts';

type Range = ReturnType<ParsedInstruction['getRange']>;

/**
 * Reads a Dockerfile: stages, what each stands on, and the arguments FROM lines may use. Whatever it holds, nothing is thrown.
 * @param given what `--build-arg` gave, by name: it comes before the defaults in the file
 */
export function readDockerfile(text: string, given: Readonly<Record<string, string>> = {}): ReadDockerfile {
  const parsed: Dockerfile = DockerfileParser.parse(text);
  const spanOf = locate(text);
  const global = new Map<string, GlobalArgument>();
  for (const argument of parsed.getInitialARGs()) {
    const property = argument.getProperty();
    const range = property?.getValueRange();
    if (!property) continue;
    const name = property.getName();
    const span = range ? withoutQuotes(text, spanOf(range)) : undefined;
    if (Object.hasOwn(given, name)) global.set(name, { name, value: given[name] ?? '' });
    else global.set(name, { name, ...(span && { span, value: text.slice(span.start, span.end) }) });
  }
  const stages: Stage[] = [];
  const names = new Map<string, number>();
  let instructions: Instruction[] = [];
  for (const found of parsed.getInstructions()) {
    const instruction = toInstruction(found, text, spanOf);
    if (instruction.keyword !== 'FROM') {
      instructions.push(instruction);
      continue;
    }
    const stage = toStage(found as From, instruction, { global, names, spanOf });
    instructions = [];
    if (!stage) continue;
    stages.push({ ...stage, instructions });
    const alias = (found as From).getBuildStage()?.toLowerCase();
    if (alias) names.set(alias, stages.length - 1);
  }
  return { text, arguments: global, stages };
}

/** The stages the last one stands on, the earliest first, itself last: `build` is among them only where it is a base. */
export function finalStages({ stages }: ReadDockerfile): readonly Stage[] {
  const chain: Stage[] = [];
  for (let at = stages.length - 1; at >= 0; at = stages[at]?.standsOn ?? -1) chain.unshift(stages[at] as Stage);
  return chain;
}

function toStage(
  from: From,
  instruction: Instruction,
  known: {
    readonly global: ReadonlyMap<string, GlobalArgument>;
    readonly names: ReadonlyMap<string, number>;
    readonly spanOf: (range: Range) => Span;
  },
): Omit<Stage, 'instructions'> | undefined {
  const range = from.getImageRange();
  const written = from.getImage();
  if (!range || written === null) return undefined;
  const image = substitute(written, known.global);
  const standsOn = known.names.get(image.toLowerCase());
  return { from: instruction, written, imageSpan: known.spanOf(range), image, ...(standsOn !== undefined && { standsOn }) };
}

function toInstruction(found: ParsedInstruction, text: string, spanOf: (range: Range) => Span): Instruction {
  const range = found.getRange();
  const span = spanOf(range);
  const after = text.slice(span.start, span.end).slice(found.getInstruction().length);
  return { keyword: found.getKeyword(), text: plain(after), lines: [range.start.line + 1, range.end.line + 1], span };
}

/** One line of an instruction that may go over several: without continuation marks, comment lines and runs of blanks. */
function plain(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line, position) => position === 0 || !/^\s*#/.test(line))
    .map((line) => line.replace(/[\\`]\s*$/, ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function locate(text: string): (range: Range) => Span {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return ({ start, end }) => ({
    start: (starts[start.line] ?? text.length) + start.character,
    end: (starts[end.line] ?? text.length) + end.character,
  });
}

function withoutQuotes(text: string, { start, end }: Span): Span {
  const quote = text[start];
  return (quote === '"' || quote === "'") && end - start >= 2 && text[end - 1] === quote
    ? { start: start + 1, end: end - 1 }
    : { start, end };
}
