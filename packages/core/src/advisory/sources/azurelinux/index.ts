import { streamDocument } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseOval } from './parse.ts';

/** What Microsoft knows of the packages of Azure Linux, once CBL-Mariner. */
export const azurelinux: AdvisorySource = {
  id: 'azurelinux',
  title: 'Azure Linux vulnerability data',
  license: 'MIT',
  ecosystems: ['azurelinux', 'mariner'],
  addresses: ['cbl-mariner-2.0', 'azurelinux-3.0'].map(
    (release) => `https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/${release}-oval.xml`,
  ),
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return text.includes('<oval_definitions') && /oval:com\.microsoft\.(?:azurelinux|cbl-mariner):def:/.test(text);
  },
  async *parse(document, context) {
    for await (const advisory of parseOval(streamDocument(document), context)) yield { kind: 'advisory', advisory };
  },
};
