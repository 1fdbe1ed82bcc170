import type { LineRange } from '@plimsoll/model';

/** A part of the text, by offset: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A replacement of a part of the text; `start === end` inserts. */
export interface Edit extends Span {
  readonly text: string;
  /** Where not the text but what `--build-arg` gives is to change: the argument's name. */
  readonly argument?: string;
}

/** A build argument declared before the first FROM: the ones that FROM lines may use. */
export interface GlobalArgument {
  readonly name: string;
  /** As written, without quotes; absent where only `--build-arg` gives one. */
  readonly value?: string;
  /** Where the value stands; absent with it, and where it was given from outside. */
  readonly span?: Span;
}

/** One instruction. */
export interface Instruction {
  /** Upper case: `RUN`. */
  readonly keyword: string;
  /** What stands after the keyword, continuation marks and comments left out, white space as one blank. */
  readonly text: string;
  readonly lines: LineRange;
  readonly span: Span;
}

/** A stage: a FROM and what follows it. */
export interface Stage {
  readonly from: Instruction;
  /** The image as written: `${IMAGE}:${TAG}`. */
  readonly written: string;
  readonly imageSpan: Span;
  /** With the arguments' defaults put in; the name of an earlier stage where it stands on one. */
  readonly image: string;
  /** Position of the earlier stage it stands on. */
  readonly standsOn?: number;
  /** Without the FROM. */
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile that was read. https://docs.docker.com/reference/dockerfile/ */
export interface ReadDockerfile {
  readonly text: string;
  readonly arguments: ReadonlyMap<string, GlobalArgument>;
  readonly stages: readonly Stage[];
}
