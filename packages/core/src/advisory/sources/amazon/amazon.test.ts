import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { type XmlElement, xmlElements } from '../../shared/xml.ts';
import { amazon } from './index.ts';
import { locateUpdates } from './locate.ts';
import { parseUpdate } from './parse.ts';

const rpm = (name: string, release: string, arch = 'x86_64', epoch = '0') =>
  `<package arch="${arch}" epoch="${epoch}" name="${name}" release="${release}" version="1.2"><filename>Packages/x.rpm</filename></package>`;
const update = (packages: string, change: { readonly id?: string; readonly references?: string } = {}) => `
<update author="linux-security@amazon.com" from="linux-security@amazon.com" status="final" type="security" version="1.4">
<id>${change.id ?? 'ALAS2-2021-1699'}</id><title>Amazon Linux 2 - low priority package update for curl</title>
<issued date="2021-08-13 17:31" /><updated date="2021-08-14 01:02" /><severity>low</severity>
<description>Package updates are available that fix the following vulnerabilities: &lt;none&gt;</description>
<references>${change.references ?? '<reference href="https://example.org/CVE-2021-22543" id="CVE-2021-22543" title="" type="cve" />'}</references>
<pkglist><collection short="amazon-linux-2---core"><name>Amazon Linux 2 core</name>${packages}</collection></pkglist></update>`;
const updates = (...all: readonly string[]) => `<?xml version="1.0" ?>\n<updates>${all.join('')}</updates>`;

async function elementOf(text: string): Promise<XmlElement> {
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  for await (const element of xmlElements(bytes(), new Set(['update']))) return element;
  throw new Error('no update');
}

testAdvisorySource(amazon, {
  name: 'updateinfo.xml',
  records: 2,
  text: updates(
    update(rpm('curl', '3.amzn2')),
    update(rpm('curl', '4.amzn2'), { id: 'ALAS2-2022-1', references: '<reference href="" id="CVE-2022-0001" type="cve" />' }),
  ),
});

describe('amazon', () => {
  it('leaves the announcements of other distributions alone', () => {
    const text = updates(update(rpm('curl', '3.fc40'), { id: 'FEDORA-2024-1' }));
    expect(amazon.recognises('updateinfo.xml', new TextEncoder().encode(text))).toBe(false);
  });

  it('reads an announcement for each vulnerability it fixes', async () => {
    const references = ['CVE-2021-22543', 'CVE-2021-22544', 'RHSA-2021:1'].map(
      (id) => `<reference href="https://example.org/${id}" id="${id}" />`,
    );
    const text = update(rpm('curl', '3.amzn2') + rpm('curl', '3.amzn2', 'aarch64') + rpm('libcurl', '3.amzn2', 'noarch', '1'), {
      references: references.join(''),
    });
    const found = parseUpdate(await elementOf(text));
    expect(typeof found === 'string' ? found : found.map(({ id }) => id)).toEqual(['CVE-2021-22543', 'CVE-2021-22544']);
    expect(found[0]).toEqual({
      id: 'CVE-2021-22543',
      aliases: [],
      opinions: [{ source: 'amazon', severity: 'low' }],
      cwes: [],
      references: [
        'https://alas.aws.amazon.com/AL2/ALAS-2021-1699.html',
        'https://example.org/CVE-2021-22543',
        'https://example.org/CVE-2021-22544',
        'https://example.org/RHSA-2021:1',
      ],
      withdrawn: false,
      description: 'Package updates are available that fix the following vulnerabilities: <none>',
      published: '2021-08-13T17:31:00Z',
      modified: '2021-08-14T01:02:00Z',
      affected: [
        { ecosystem: 'amazon:2', name: 'curl', scheme: 'rpm', status: 'affected', severity: 'low', ranges: [{ fixed: '1.2-3.amzn2' }] },
        {
          ecosystem: 'amazon:2',
          name: 'libcurl',
          scheme: 'rpm',
          status: 'affected',
          severity: 'low',
          ranges: [{ fixed: '1:1.2-3.amzn2' }],
        },
      ],
    });
  });

  it('tells architectures apart where their versions differ', async () => {
    const found = parseUpdate(await elementOf(update(rpm('curl', '3.amzn2023') + rpm('curl', '4.amzn2023', 'aarch64'))));
    expect(found).toMatchObject([
      {
        affected: [
          { ecosystem: 'amazon:2023', architecture: 'x86_64', ranges: [{ fixed: '1.2-3.amzn2023' }] },
          { ecosystem: 'amazon:2023', architecture: 'aarch64', ranges: [{ fixed: '1.2-4.amzn2023' }] },
        ],
      },
    ]);
  });

  it.each([
    ['about bugs alone', update(rpm('curl', '3.amzn2'), { references: '' }), []],
    ['of packages of another distribution', update(rpm('curl', '3.el7')), []],
    ['without an id', '<update><id/></update>', 'an announcement has no id'],
  ])('an announcement %s', async (_name, text, expected) => {
    expect(parseUpdate(await elementOf(text))).toEqual(expected);
  });

  it('finds the file of a repository by way of its mirrors', async () => {
    const asked: string[] = [];
    const pages: Readonly<Record<string, string>> = {
      'https://cdn.example/mirror.list': 'https://cdn.example/2/core/2.0/x86_64/abc\nhttps://other.example/\n',
      'https://cdn.example/2/core/2.0/x86_64/abc/repodata/repomd.xml':
        '<repomd xmlns="http://linux.duke.edu/metadata/repo"><data type="primary"><location href="repodata/primary.xml.gz"/></data><data type="updateinfo"><checksum/><location href="repodata/updateinfo.xml.gz"/></data></repomd>',
    };
    const read = async (address: string) => {
      asked.push(address);
      return pages[address] ?? '';
    };
    expect(await locateUpdates('https://cdn.example/mirror.list', read)).toEqual([
      'https://cdn.example/2/core/2.0/x86_64/abc/repodata/updateinfo.xml.gz',
    ]);
    expect(asked).toEqual(Object.keys(pages));
    await expect(locateUpdates('https://cdn.example/none', read)).rejects.toMatchObject({ code: 'ADVISORY_UNREADABLE' });
    await expect(locateUpdates('https://cdn.example/mirror.list', async () => '<repomd/> https://cdn.example/')).rejects.toMatchObject({
      code: 'ADVISORY_UNREADABLE',
    });
  });
});
