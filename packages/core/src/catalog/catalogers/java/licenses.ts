const MAX_LICENSES = 10;
const MAX_LENGTH = 200;

/** Addresses that `Bundle-License` gives in place of a name, as they end without `http(s)://www.`, ending and slash. */
const BY_ADDRESS: Readonly<Record<string, string>> = {
  'apache.org/licenses/LICENSE-2.0': 'Apache-2.0',
  'opensource.org/licenses/Apache-2.0': 'Apache-2.0',
  'opensource.org/licenses/apache2.0': 'Apache-2.0',
  'opensource.org/licenses/MIT': 'MIT',
  'opensource.org/licenses/mit-license': 'MIT',
  'opensource.org/licenses/BSD-2-Clause': 'BSD-2-Clause',
  'opensource.org/licenses/BSD-3-Clause': 'BSD-3-Clause',
  'eclipse.org/legal/epl-v10': 'EPL-1.0',
  'eclipse.org/legal/epl-2.0': 'EPL-2.0',
  'eclipse.org/legal/epl-v20': 'EPL-2.0',
  'eclipse.org/org/documents/epl-v10': 'EPL-1.0',
  'eclipse.org/org/documents/epl-2.0/EPL-2.0': 'EPL-2.0',
  'gnu.org/licenses/lgpl-2.1': 'LGPL-2.1-only',
  'gnu.org/licenses/old-licenses/lgpl-2.1': 'LGPL-2.1-only',
  'mozilla.org/MPL/2.0': 'MPL-2.0',
};

/** Licences of a `Bundle-License`: names or addresses, each with parameters. https://docs.osgi.org/specification/osgi.core/8.0.0/framework.module.html */
export function readLicenses(text: string | undefined): readonly string[] {
  const found = (text ?? '')
    .split(',', MAX_LICENSES)
    .map((clause) => (clause.split(';', 1)[0] ?? '').trim().replaceAll('"', '').slice(0, MAX_LENGTH))
    .filter((name) => name !== '' && name !== '<<EXTERNAL>>');
  return [...new Set(found.map(nameAddress))];
}

function nameAddress(name: string): string {
  if (!/^https?:\/\//i.test(name)) return name;
  const address = name.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/(?:\.(?:txt|html|php)|\/)$/i, '');
  return BY_ADDRESS[address] ?? name;
}
