import { AppError } from '../../../util/errors.ts';
import { childOf, type XmlElement, xmlElements } from '../../shared/xml.ts';

/**
 * A list of mirrors leads to a repository, whose `repomd.xml` names the file of its announcements. Throws `ADVISORY_UNREADABLE` where
 * they do not. https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html
 */
export async function locateUpdates(address: string, read: (address: string) => Promise<string>): Promise<readonly string[]> {
  const [mirror] = (await read(address)).split(/\s+/).filter((word) => URL.canParse(word));
  if (mirror === undefined) throw new AppError('ADVISORY_UNREADABLE', `${address} names no mirror`);
  const home = mirror.endsWith('/') ? mirror : `${mirror}/`;
  const text = await read(new URL('repodata/repomd.xml', home).href);
  for await (const data of xmlElements(once(text), new Set(['data']))) {
    const href = isUpdates(data) ? childOf(data, 'location')?.attributes.get('href') : undefined;
    if (href !== undefined) return [new URL(href, home).href];
  }
  throw new AppError('ADVISORY_UNREADABLE', `the repository ${home} has no announcements`);
}

function isUpdates({ attributes }: XmlElement): boolean {
  return attributes.get('type') === 'updateinfo';
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
