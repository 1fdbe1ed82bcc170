import {
  type BaseAdvice,
  type Candidate,
  countSeverities,
  type DockerfileAdvice,
  type DockerfileChange,
  type Report,
} from '@plimsoll/model';
import { addAfterBase } from './add-upgrades.ts';
import { changeBase } from './change-base.ts';
import { unifiedDiff } from './diff.ts';
import { isSameImage, writtenName } from './image-name.ts';
import { mapLayers } from './map-layers.ts';
import { finalStages, readDockerfile } from './read.ts';

/** The file, and how it is to be changed. */
export interface DockerfileInput {
  readonly text: string;
  /** Its name, for the diffs. */
  readonly file: string;
  /** True writes digests into FROM lines that have none. */
  readonly pin: boolean;
  /** What `--build-arg` gave, by name: it comes before the defaults in the file. */
  readonly arguments?: Readonly<Record<string, string>>;
}

/**
 * What a Dockerfile and the image made from it say of each other: vulnerabilities line by line, and each recommendation as a change of the
 * file. Never throws: what does not fit is said in `notes`.
 */
export function adviseDockerfile(report: Report, input: DockerfileInput): DockerfileAdvice {
  const { text, file } = input;
  const read = readDockerfile(text, input.arguments);
  const { inventory, hierarchy, matches, recommendations } = report;
  const [outer] = finalStages(read);
  if (!outer) return { file, lines: [], changes: [], notes: [`${file} has no FROM: it is no Dockerfile`] };
  // The base whose name the file has; its layers are the FROM's.
  const named = recommendations.bases.find(({ current }) => isSameImage(outer.image, namesOf(current), digestsOf(current)));
  const base = named ?? recommendations.bases[0];
  const link = hierarchy.find(({ current }) => current?.digest === base?.current.digest);
  const { mapped, fits } = mapLayers(read, inventory.image, link ? link.layers[1] + 1 : 0);
  const counted = matches.filter(({ suppressed }) => !suppressed);
  return {
    file,
    lines: mapped.map(({ instruction: { lines, keyword }, layers }) => ({
      lines,
      instruction: keyword,
      layers,
      counts: countSeverities(counted.filter(({ introducedIn }) => layers.includes(introducedIn))),
    })),
    changes: [...(named ? baseChanges(named, input) : []), ...upgradeChanges(report, input)],
    notes: [
      ...(fits ? [] : [`${file} does not fit ${inventory.image.name}: most of its layers were not made by these instructions`]),
      ...(named || recommendations.bases.length === 0
        ? []
        : [`${file} stands on ${outer.image || outer.written}, the image on ${base?.current.name}`]),
    ],
  };
}

function baseChanges({ current, refresh, change }: BaseAdvice, input: DockerfileInput): readonly DockerfileChange[] {
  const toChange = (candidate: Candidate, title: string): DockerfileChange => {
    const { text, notes } = changeBase(input.text, {
      from: { names: namesOf(current), digests: digestsOf(current) },
      to: { name: writtenName(candidate), digest: candidate.indexDigest ?? candidate.digest, pin: input.pin },
      given: input.arguments ?? {},
    });
    const diff = unifiedDiff(input.text, text, input.file);
    return {
      title,
      base: current.name,
      candidate: { name: candidate.name, digest: candidate.digest },
      diff,
      text,
      notes: diff === '' && notes.length === 0 ? ['the file stays as it is: rebuild with docker build --pull'] : notes,
    };
  };
  return [
    ...refresh.map((candidate) => toChange(candidate, `refresh ${writtenName(current)}`)),
    ...change.map((candidate) => toChange(candidate, `change ${writtenName(current)} to ${writtenName(candidate)}`)),
  ];
}

function upgradeChanges({ recommendations, inventory }: Report, input: DockerfileInput): readonly DockerfileChange[] {
  const setsUser = finalStages(readDockerfile(input.text)).some(({ instructions }) =>
    instructions.some(({ keyword }) => keyword === 'USER'),
  );
  return recommendations.plan
    .filter(({ kind }) => kind === 'upgrade-packages')
    .map(({ title, dockerfile, commands }) => {
      const text = addAfterBase(input.text, dockerfile, setsUser ? undefined : inventory.image.config.user);
      return {
        title: title.charAt(0).toLowerCase() + title.slice(1),
        diff: unifiedDiff(input.text, text, input.file),
        text,
        notes: [
          ...(setsUser && text !== input.text ? ['where the base itself does not run as root, write USER root before it'] : []),
          ...commands.map((command) => `in the application: ${command}`),
        ],
      };
    });
}

function namesOf({ name, tag, aliases }: Pick<BaseAdvice['current'], 'name' | 'tag' | 'aliases'>): readonly string[] {
  return [writtenName({ name, tag }), name, ...aliases];
}

function digestsOf({ digest, indexDigest }: Pick<BaseAdvice['current'], 'digest' | 'indexDigest'>): readonly string[] {
  return [digest, ...(indexDigest ? [indexDigest] : [])];
}
