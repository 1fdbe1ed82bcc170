import { alpineSecdb } from './sources/alpine-secdb/index.ts';
import { amazon } from './sources/amazon/index.ts';
import { azurelinux } from './sources/azurelinux/index.ts';
import { chainguard } from './sources/chainguard/index.ts';
import { debianTracker } from './sources/debian-tracker/index.ts';
import { endoflife } from './sources/endoflife/index.ts';
import { epss } from './sources/epss/index.ts';
import { friendsofphp } from './sources/friendsofphp/index.ts';
import { kev } from './sources/kev/index.ts';
import { nvd } from './sources/nvd/index.ts';
import { oracle } from './sources/oracle/index.ts';
import { osv } from './sources/osv/index.ts';
import { photon } from './sources/photon/index.ts';
import { redhat } from './sources/redhat/index.ts';
import { rubysec } from './sources/rubysec/index.ts';
import { vulnrichment } from './sources/vulnrichment/index.ts';
import { wolfi } from './sources/wolfi/index.ts';
import type { AdvisorySource } from './types.ts';

/** Every advisory source, in the order in which a document is offered. */
export const advisorySources = [
  alpineSecdb,
  amazon,
  azurelinux,
  chainguard,
  debianTracker,
  endoflife,
  epss,
  friendsofphp,
  kev,
  nvd,
  oracle,
  osv,
  photon,
  redhat,
  rubysec,
  vulnrichment,
  wolfi,
] as const satisfies readonly AdvisorySource[];
