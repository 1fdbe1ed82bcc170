import type { Context } from '../../../util/context.ts';
import { AppError } from '../../../util/errors.ts';
import type { VersionRange } from '../../../version/range.ts';
import { criteriaOf, metadataOf, type OvalMetadata } from '../../shared/oval.ts';
import { childOf, type XmlElement, xmlElements } from '../../shared/xml.ts';
import type { Advisory } from '../../types.ts';

/** Definitions, tests, objects and states together; the live documents have some 100,000. */
const MAX_HELD = 2_000_000;

interface Draft {
  readonly id: string;
  readonly metadata: OvalMetadata;
  readonly tests: readonly string[];
}

/** What a test compares: `less than` `0:1.20.7-1.cm2`. */
interface State {
  readonly operation: string;
  readonly version: string;
}

const NAMES = new Set(['definition', 'rpminfo_test', 'rpminfo_object', 'rpminfo_state']);

/**
 * Reads a document: definitions come first, and what they test after them, so they are held until all is known. One that cannot be
 * understood becomes a diagnostic.
 */
export async function* parseOval(input: AsyncIterable<Uint8Array>, context: Context): AsyncGenerator<Advisory> {
  const drafts: Draft[] = [];
  const tests = new Map<string, { readonly object: string; readonly state: string }>();
  const objects = new Map<string, string>();
  const states = new Map<string, State>();
  for await (const element of xmlElements(input, NAMES)) {
    const id = element.attributes.get('id') ?? '';
    if (element.name === 'definition') drafts.push(...toDraft(element, id));
    else if (element.name === 'rpminfo_test') tests.set(id, { object: refOf(element, 'object'), state: refOf(element, 'state') });
    else if (element.name === 'rpminfo_object') objects.set(id, childOf(element, 'name')?.text ?? '');
    else {
      const evr = childOf(element, 'evr');
      states.set(id, { operation: evr?.attributes.get('operation') ?? '', version: evr?.text ?? '' });
    }
    if (drafts.length + tests.size + objects.size + states.size > MAX_HELD)
      throw new AppError('LIMIT_EXCEEDED', `the document holds more than ${MAX_HELD} definitions and tests`);
  }
  for (const { id, metadata, tests: refs } of drafts) {
    const compared = refs.map((ref) => {
      const test = tests.get(ref);
      return { name: objects.get(test?.object ?? '') ?? '', state: states.get(test?.state ?? '') };
    });
    const advisories = toAdvisories(metadata, compared);
    if (typeof advisories !== 'string') yield* advisories;
    else context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${id}: ${advisories}`, author: 'azurelinux' });
  }
}

/** None where Microsoft says that it never applied. */
function toDraft(definition: XmlElement, id: string): readonly Draft[] {
  if (childOf(childOf(definition, 'metadata'), 'patchable')?.text === 'Not Applicable') return [];
  return [{ id, metadata: metadataOf(definition), tests: [...criteriaOf(definition)].map(({ test }) => test) }];
}

function refOf(test: XmlElement, kind: 'object' | 'state'): string {
  return childOf(test, kind)?.attributes.get(`${kind}_ref`) ?? '';
}

/** All tests of a definition are of one package and hold at once: together they are one range. */
function toAdvisories(
  { ids, description, severity, references, published }: OvalMetadata,
  compared: readonly { readonly name: string; readonly state: State | undefined }[],
): readonly Advisory[] | string {
  const name = compared[0]?.name;
  if (!name || compared.some((test) => test.name !== name || !test.state)) return 'what it tests is not there';
  let range: VersionRange = {};
  let ecosystem: string | undefined;
  for (const { state } of compared) {
    const version = state?.version.replace(/^0:/, '') ?? '';
    ecosystem ??= ecosystemOf(version);
    switch (state?.operation) {
      case 'less than':
        range = { ...range, fixed: version };
        break;
      case 'less than or equal':
        range = { ...range, lastAffected: version };
        break;
      case 'greater than':
      case 'greater than or equal':
        range = { ...range, introduced: version };
        break;
      default:
        return `its test is ${JSON.stringify(state?.operation)}`;
    }
  }
  if (ecosystem === undefined) return 'its release is not told';
  const affected = { ecosystem, name, scheme: 'rpm', ranges: [range], status: 'affected', ...(severity && { severity }) } as const;
  return ids.map((id) => ({
    id,
    aliases: [],
    opinions: severity ? [{ source: 'azurelinux', severity }] : [],
    cwes: [],
    references,
    withdrawn: false,
    affected: [affected],
    ...(description && { description }),
    ...(published && { published }),
  }));
}

/** `1.20.7-1.cm2` is of CBL-Mariner 2.0, `3.4.0-1.azl3` of Azure Linux 3.0. */
function ecosystemOf(version: string): string | undefined {
  const [, mark, release] = /\.(cm|azl)(\d{1,3})$/.exec(version) ?? [];
  return release && `${mark === 'cm' ? 'mariner' : 'azurelinux'}:${release}.0`;
}
