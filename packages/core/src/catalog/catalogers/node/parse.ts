import { fieldsOf, licensesOf, parseJson, textOf } from '../../shared/json.ts';
import type { Finding } from '../../types.ts';

/** https://docs.npmjs.com/cli/configuring-npm/package-json. A file without name and version is no installed package. */
export function* parsePackageJson(bytes: Uint8Array): Generator<Finding> {
  const { name: written, version: release, license, licenses } = fieldsOf(parseJson(bytes));
  const name = textOf(written);
  const version = textOf(release);
  if (!name || !version || !isName(name)) return;
  yield { kind: 'package', draft: { type: 'npm', name, version, licenses: licensesOf(license ?? licenses) } };
}

/** With a scope or without; old names have more signs than new ones may: https://github.com/npm/validate-npm-package-name */
function isName(name: string): boolean {
  return name.length <= 214 && /^(?:@[\w.~!'()*-]+\/)?[\w~!'()*-][\w.~!'()*-]*$/.test(name);
}
