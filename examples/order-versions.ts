// Versions in the order of an ecosystem, oldest first.
// usage: order-versions.ts apk|deb|pep440|semver VERSION...
import { compareVersions } from '@plimsoll/core';

const [scheme, ...versions] = process.argv.slice(2);
if (scheme !== 'apk' && scheme !== 'deb' && scheme !== 'pep440' && scheme !== 'semver') {
  console.error('usage: order-versions.ts apk|deb|pep440|semver VERSION...');
  process.exitCode = 64;
} else {
  for (const version of versions.sort((a, b) => compareVersions(scheme, a, b))) console.log(version);
}
