import { parseJson } from '../../../util/bytes.ts';
import { AppError } from '../../../util/errors.ts';
import { readDocument } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { parsePhoton, releaseOf } from './parse.ts';
import { releases } from './releases.data.ts';

const MAX_DOCUMENT = 128 * 1024 * 1024;

/** What VMware knows of each Photon OS package in each release. */
export const photon: AdvisorySource = {
  id: 'photon',
  title: 'Photon OS security advisories',
  license: 'as VMware by Broadcom publishes it',
  ecosystems: ['photon'],
  addresses: releases.map((release) => `https://packages.vmware.com/photon/photon_cve_metadata/cve_data_photon${release}.json`),
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /^\s*\[/.test(text) && text.includes('"cve_id"') && text.includes('"aff_ver"') && text.includes('"res_ver"');
  },
  async *parse(document, context) {
    const bytes = await readDocument(document, MAX_DOCUMENT);
    const fail = (cause: unknown) => new AppError('ADVISORY_UNREADABLE', `${document.name} is no list of Photon OS`, { cause });
    const value = parseJson(bytes, fail);
    const release = releaseOf(document.name, value);
    if (!Array.isArray(value) || release === undefined) throw fail(undefined);
    for (const advisory of parsePhoton(value, release, context)) yield { kind: 'advisory', advisory };
  },
};
