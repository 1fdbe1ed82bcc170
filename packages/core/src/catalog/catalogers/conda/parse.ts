import { fieldsOf, licensesOf, parseJson, textOf } from '../../shared/json.ts';
import type { Finding } from '../../types.ts';

const FOLDER = 'conda-meta/';

/** `<environment>/conda-meta/<name>-<version>-<build>.json`. */
export function isCondaRecord(path: string): boolean {
  if (!path.endsWith('.json')) return false;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder === FOLDER || folder.endsWith(`/${FOLDER}`);
}

/** The record of one installed package: https://docs.conda.io/projects/conda/en/stable/dev-guide/api/conda/models/records/index.html */
export function* parseRecord(bytes: Uint8Array): Generator<Finding> {
  const { name: written, version: release, license, subdir } = fieldsOf(parseJson(bytes));
  const name = textOf(written);
  const version = textOf(release);
  // Other tools keep their own files in the folder.
  if (!name || !version || !/^[\w.-]+$/.test(name)) return;
  const platform = textOf(subdir);
  yield {
    kind: 'package',
    draft: {
      type: 'conda',
      name,
      version,
      licenses: licensesOf(license),
      ...(platform && platform !== 'noarch' && { architecture: platform }),
    },
  };
}
