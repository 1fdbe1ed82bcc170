import { countSeverities, type Inventory, type LayerReport, type Report } from '@plimsoll/model';
import { buildRich } from './reports-rich.ts';
import { describeImage, noFiles, sources } from './reports-shared.ts';

/** An image without an operating system and without packages, from an archive. Nothing is known, and the report says so. */
const empty = finish({
  inventory: {
    schema: 1,
    image: describeImage('static-site', 'a', [{ createdBy: 'COPY site /', size: 97 }], { source: 'archive', input: 'site.tar' }),
    packages: [],
    hidden: [],
    files: noFiles([0]),
    catalogers: {},
    coverage: { gaps: ['no operating system was recognised'], unreadableFiles: 0, skippedFiles: 0 },
    diagnostics: [],
  },
  advisories: [],
  coverage: { gaps: ['no operating system was recognised', 'no advisories are loaded'], unreadableFiles: 0, skippedFiles: 0 },
});

/** One layer, one package, one vulnerability without a fix; no base is known. */
const small = finish({
  inventory: {
    schema: 1,
    image: describeImage('alpine:3.18', 'b', [{ createdBy: 'ADD rootfs.tar.gz /', size: 3_400_000 }, { createdBy: 'CMD ["/bin/sh"]' }]),
    distro: { id: 'alpine', version: '3.18.5', name: 'Alpine Linux v3.18', like: [] },
    packages: [
      {
        id: 'apk/busybox@1.36.1-r5',
        type: 'apk',
        name: 'busybox',
        version: '1.36.1-r5',
        purl: 'pkg:apk/alpine/busybox@1.36.1-r5?arch=x86_64&distro=alpine-3.18.5',
        architecture: 'x86_64',
        licenses: ['GPL-2.0-only'],
        evidence: [{ path: 'lib/apk/db/installed', layer: 0 }],
        introducedIn: 0,
        life: [{ layer: 0, kind: 'added', to: '1.36.1-r5' }],
        foundBy: 'apk',
      },
    ],
    hidden: [],
    files: noFiles([0]),
    catalogers: { apk: 1 },
    coverage: { gaps: [], unreadableFiles: 0, skippedFiles: 0 },
    diagnostics: [],
  },
  matches: [
    {
      id: 'CVE-2099-1000',
      aliases: [],
      package: 'pkg:apk/alpine/busybox@1.36.1-r5?arch=x86_64&distro=alpine-3.18.5',
      packageId: 'apk/busybox@1.36.1-r5',
      severity: 'medium',
      severitySource: 'alpine-secdb',
      opinions: [{ source: 'alpine-secdb', severity: 'medium' }],
      cwes: [],
      references: [],
      status: 'affected',
      introducedIn: 0,
      source: 'alpine-secdb',
      advisoryId: 'CVE-2099-1000',
      how: { matcher: 'distro', searchedBy: { ecosystem: 'alpine:3.18', name: 'busybox' }, range: 'every version', scheme: 'apk' },
    },
  ],
});

/**
 * Three reports that every format, page and route is tried on. `empty` knows nothing, `small` has one of each that every image has, `rich`
 * has something of everything that a report can say, and hostile text wherever an image or an advisory may put some. All facts are invented.
 */
export const standardReports: Readonly<Record<'empty' | 'small' | 'rich', Report>> = { empty, small, rich: finish(buildRich()) };

/** Fills in what follows from the rest, so that the numbers of a report agree with each other. */
function finish(given: Partial<Report> & { readonly inventory: Inventory }): Report {
  const { inventory, matches = [], hierarchy } = given;
  const { name, layers, digest } = inventory.image;
  const counted = matches.filter(({ suppressed }) => !suppressed);
  const counts = countSeverities(counted);
  const self = {
    candidates: [name],
    layers: [0, layers.length - 1] as const,
    confidence: 'verified' as const,
    evidence: [],
    self: true,
    pinned: false,
  };
  const links = hierarchy ?? [{ ...self, current: { digest, aliases: [] }, counts }];
  return {
    schema: 1,
    hiddenMatches: [],
    fixedMatches: [],
    recommendations: {
      image: { state: 'unknown', reason: 'cannot tell: the image came from a folder', commands: [] },
      bases: [],
      plan: [],
      hidden: [],
    },
    advisories: sources,
    coverage: inventory.coverage,
    diagnostics: inventory.diagnostics,
    ...given,
    matches,
    counts,
    exploited: counted.filter(({ kev }) => kev).length,
    fixable: counted.filter(({ fixedIn }) => fixedIn !== undefined).length,
    hierarchy: links.map((link) => ({
      ...link,
      counts: countSeverities(counted.filter(({ introducedIn }) => introducedIn >= link.layers[0] && introducedIn <= link.layers[1])),
    })),
    layers: layers.map(({ index }): LayerReport => {
      const events = inventory.packages.flatMap(({ life }) => life.filter(({ layer }) => layer === index)).map(({ kind }) => kind);
      const files = inventory.files.layers.find(({ layer }) => layer === index);
      const count = (kind: (typeof events)[number]): number => events.filter((event) => event === kind).length;
      return {
        layer: index,
        base: links.findIndex((link) => index >= link.layers[0] && index <= link.layers[1]),
        packages: {
          added: count('added'),
          upgraded: count('upgraded'),
          downgraded: count('downgraded'),
          removed: inventory.hidden.filter(({ hiddenBy, replacedBy }) => hiddenBy === index && replacedBy === undefined).length,
        },
        added: countSeverities(counted.filter(({ introducedIn }) => introducedIn === index)),
        fixed: countSeverities((given.fixedMatches ?? []).filter(({ layer }) => layer === index)),
        wastedBytes: files?.wastedBytes ?? 0,
        hidesBytes: files?.hidesBytes ?? 0,
      };
    }),
  };
}
