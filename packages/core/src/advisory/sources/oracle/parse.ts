import { metadataOf } from '../../shared/oval.ts';
import { type FixedRpm, fixedPackages } from '../../shared/rpm.ts';
import { childrenOf, type XmlElement } from '../../shared/xml.ts';
import type { Advisory } from '../../types.ts';

/** One announcement: one advisory for each vulnerability it fixes. Its criteria say what they test in their comments, so tests need not be kept. */
export function parseDefinition(definition: XmlElement): readonly Advisory[] {
  const { ids, title, description, severity, references, published } = metadataOf(definition);
  const affected = fixedPackages(
    childrenOf(definition, 'criteria').flatMap((criteria) => [...packagesOf(criteria, {})]),
    severity,
  );
  if (affected.length === 0) return [];
  const summary = title?.replace(/^ELSA-\d{4}-\d{1,6}:\s*/, '');
  return ids.map((id) => ({
    id,
    aliases: [],
    opinions: severity ? [{ source: 'oracle', severity }] : [],
    cwes: [],
    references,
    withdrawn: false,
    affected,
    ...(summary && { summary }),
    ...(description && { description }),
    ...(published && { published }),
  }));
}

/** What holds for all that lies below. */
interface Place {
  readonly release?: string;
  readonly architecture?: string;
  readonly module?: string;
}

/** Criteria nest: the release, then the architecture or the module, then the packages. */
function* packagesOf(criteria: XmlElement, above: Place): Generator<FixedRpm> {
  const comments = childrenOf(criteria, 'criterion').map(({ attributes }) => attributes.get('comment') ?? '');
  const place = comments.reduce(narrow, above);
  // Ksplice's and FIPS's own builds are other packages under the same name, with epochs and versions that are higher than all others.
  const isSpecial = comments.some((comment) => /\bis (?:ksplice|fips)-based$/.test(comment));
  for (const comment of isSpecial ? [] : comments) {
    const [, name, version] = /^(\S{1,300}) is earlier than (\S{1,300})$/.exec(comment) ?? [];
    if (!name || !version || place.release === undefined || /\.ksplice|_fips/.test(version)) continue;
    yield {
      ecosystem: `oracle:${place.release}`,
      name,
      version: version.replace(/^0:/, ''),
      ...(place.architecture && { architecture: place.architecture }),
      ...(place.module && { module: place.module }),
    };
  }
  for (const child of childrenOf(criteria, 'criteria')) yield* packagesOf(child, place);
}

function narrow(place: Place, comment: string): Place {
  const release = /^Oracle Linux (\d{1,3}) is installed$/.exec(comment)?.[1];
  if (release !== undefined) return { ...place, release };
  const architecture = /^Oracle Linux arch is (\S{1,30})$/.exec(comment)?.[1];
  if (architecture !== undefined) return { ...place, architecture };
  const module = /^Module (\S{1,200}:\S{1,100}) is enabled$/.exec(comment)?.[1];
  return module === undefined ? place : { ...place, module };
}
