import { apk } from './catalogers/apk/index.ts';
import { binary } from './catalogers/binary/index.ts';
import { conda } from './catalogers/conda/index.ts';
import { dotnet } from './catalogers/dotnet/index.ts';
import { dpkg } from './catalogers/dpkg/index.ts';
import { go } from './catalogers/go/index.ts';
import { java } from './catalogers/java/index.ts';
import { node } from './catalogers/node/index.ts';
import { osRelease } from './catalogers/os-release/index.ts';
import { php } from './catalogers/php/index.ts';
import { python } from './catalogers/python/index.ts';
import { rpm } from './catalogers/rpm/index.ts';
import { ruby } from './catalogers/ruby/index.ts';
import { rust } from './catalogers/rust/index.ts';
import { sbom } from './catalogers/sbom/index.ts';
import type { Cataloger, ScanningCataloger } from './types.ts';

/** Every cataloger, in the order in which a file is offered to them. */
export const catalogers = [
  apk,
  binary,
  conda,
  dotnet,
  dpkg,
  go,
  java,
  node,
  osRelease,
  php,
  python,
  rpm,
  ruby,
  rust,
  sbom,
] as const satisfies readonly (Cataloger | ScanningCataloger)[];
