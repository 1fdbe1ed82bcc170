import { severityOfWord } from '../../shared/cvss.ts';
import { evr, type FixedRpm, fixedPackages } from '../../shared/rpm.ts';
import { linksOf, textOf } from '../../shared/text.ts';
import { childOf, childrenOf, descendantsOf, type XmlElement } from '../../shared/xml.ts';
import type { Advisory } from '../../types.ts';

/**
 * One announcement, `update` of updateinfo.xml: one advisory for each vulnerability it fixes, none where it is about bugs. What is wrong
 * with it, as text, where it cannot be read. https://docs.pulpproject.org/pulp_rpm/docs/user/reference/errata/
 */
export function parseUpdate(update: XmlElement): readonly Advisory[] | string {
  const id = childOf(update, 'id')?.text;
  if (!id) return 'an announcement has no id';
  const references = childrenOf(childOf(update, 'references'), 'reference').map(({ attributes }) => attributes);
  const ids = new Set(references.flatMap((reference) => idOf(reference.get('id') ?? '')));
  const severity = severityOfWord(childOf(update, 'severity')?.text ?? '');
  const affected = fixedPackages([...descendantsOf(update, 'package')].flatMap(toRpm), severity);
  if (affected.length === 0) return [];
  const description = textOf(childOf(update, 'description')?.text, 20_000);
  const published = dateOf(childOf(update, 'issued'));
  const modified = dateOf(childOf(update, 'updated'));
  return [...ids].map((name) => ({
    id: name,
    aliases: [],
    opinions: severity ? [{ source: 'amazon', severity }] : [],
    cwes: [],
    references: linksOf([pageOf(id, affected[0]?.ecosystem), ...references.map((reference) => reference.get('href') ?? '')]).slice(0, 50),
    withdrawn: false,
    affected,
    ...(description && { description }),
    ...(published && { published }),
    ...(modified && { modified }),
  }));
}

/** The release stands in the package's own: `185.433.amzn2`. */
function toRpm({ attributes }: XmlElement): readonly FixedRpm[] {
  const name = attributes.get('name');
  const version = attributes.get('version');
  const release = attributes.get('release');
  const linux = /\.amzn(\d{1,4})(?:\.|$)/.exec(release ?? '')?.[1];
  if (!name || !version || !release || linux === undefined) return [];
  const architecture = attributes.get('arch');
  return [
    { ecosystem: `amazon:${linux}`, name, version: evr(attributes.get('epoch'), version, release), ...(architecture && { architecture }) },
  ];
}

function idOf(text: string): readonly string[] {
  const found = /^CVE-\d{4}-\d{4,19}$/.exec(text.trim());
  return found ? [found[0]] : [];
}

/** `2023-05-03 16:24` and `2023-05-03 16:24:00`, in UTC. */
function dateOf(element: XmlElement | undefined): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?/.exec(element?.attributes.get('date') ?? '');
  return found ? `${found[1]}T${found[2] ?? '00:00'}:00Z` : undefined;
}

/** `ALAS2-2021-1699`, `ALAS2023-2023-126`, `ALAS-2018-939` by the release they are of. */
function pageOf(id: string, ecosystem: string | undefined): string {
  const found = /^ALAS(?:2|2023)?-(\d{4}-\d{1,6})$/.exec(id)?.[1];
  if (found === undefined) return '';
  const folder = ecosystem === 'amazon:2023' ? 'AL2023/' : ecosystem === 'amazon:2' ? 'AL2/' : '';
  return `https://alas.aws.amazon.com/${folder}ALAS-${found}.html`;
}
