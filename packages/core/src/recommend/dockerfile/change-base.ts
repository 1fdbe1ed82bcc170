import { editImage, type Wanted } from './edit-image.ts';
import { applyEdits } from './edits.ts';
import { isSameImage, normaliseRepository, splitImage } from './image-name.ts';
import { readDockerfile } from './read.ts';
import { splitVariables } from './substitute.ts';
import type { Edit, ReadDockerfile, Stage } from './types.ts';

/** The base to take away and the one to put there. */
export interface BaseChange {
  /** Names of the base in use, aliases too, and its digests. */
  readonly from: { readonly names: readonly string[]; readonly digests: readonly string[] };
  readonly to: Wanted;
  /** What `--build-arg` gave, by name. */
  readonly given?: Readonly<Record<string, string>>;
}

/** What became of the file. */
export interface ChangedFile {
  readonly text: string;
  /** False where no stage stands on the base. */
  readonly found: boolean;
  readonly notes: readonly string[];
}

/**
 * Puts another base into every stage that stands on the one in use: in the FROM itself, or in the default of the argument that gives it. A
 * digest is kept in step with the tag. Nothing else is touched.
 */
export function changeBase(text: string, { from, to, given = {} }: BaseChange): ChangedFile {
  const file = readDockerfile(text, given);
  const stages = file.stages.filter(({ image, standsOn }) => standsOn === undefined && isSameImage(image, from.names, from.digests));
  const edits: Edit[] = [];
  const notes: string[] = [];
  for (const stage of stages) {
    const found = editImage(stage.written, stage.imageSpan, to, file.arguments);
    if (found && isHarmless(found, file, stages, given)) {
      edits.push(...found.filter(({ argument }) => argument === undefined));
      notes.push(
        ...found.flatMap(({ argument, text: value }) => (argument === undefined ? [] : [`build with --build-arg ${argument}=${value}`])),
      );
      continue;
    }
    edits.push({ ...stage.imageSpan, text: writtenOut(stage, to) });
    const uses = splitVariables(stage.written).flatMap((piece) => ('variable' in piece ? [piece.variable] : []));
    notes.push(`line ${stage.from.lines[0]}: ${uses.join(', ')} cannot give ${to.name}, so it is written out`);
  }
  return { text: applyEdits(text, edits), found: stages.length > 0, notes: [...new Set(notes)] };
}

/** Whether edits of arguments leave every other stage on the base it has. */
function isHarmless(
  edits: readonly Edit[],
  file: ReadDockerfile,
  meant: readonly Stage[],
  given: Readonly<Record<string, string>>,
): boolean {
  const changed = Object.fromEntries(edits.flatMap(({ argument, text }) => (argument === undefined ? [] : [[argument, text]])));
  const text = applyEdits(
    file.text,
    edits.filter(({ argument }) => argument === undefined),
  );
  const after = readDockerfile(text, { ...given, ...changed }).stages;
  return file.stages.every((stage, position) => meant.includes(stage) || after[position]?.image === stage.image);
}

function writtenOut({ image, written }: Stage, { name, digest, pin }: Wanted): string {
  const [now, then] = [splitImage(image), splitImage(name)];
  const isSame = normaliseRepository(now.repository) === normaliseRepository(then.repository);
  const plain = `${isSame ? now.repository : then.repository}${then.tag === undefined ? '' : `:${then.tag}`}`;
  return pin || splitImage(written).digest !== undefined ? `${plain}@${digest}` : plain;
}
