import type { StoredImage } from '@plimsoll/core';
import type { ImageSummary, Report } from '@plimsoll/model';

/** One row of the images list from an image's report. */
export function toSummary({ digest, names, indexed }: StoredImage, report: Report): ImageSummary {
  const { image, distro, packages } = report.inventory;
  const base = report.hierarchy.findLast(({ self }) => !self);
  const [baseName] = base?.candidates ?? [];
  return {
    digest,
    names: names.length > 0 ? names : [image.name],
    source: image.source,
    platform: image.platform,
    ...(image.created !== undefined && { created: image.created }),
    size: image.size,
    packages: packages.length,
    counts: report.counts,
    exploited: report.exploited,
    fixable: report.fixable,
    ...(distro && { os: distro.name }),
    ...(baseName !== undefined && { base: { name: baseName, ...(base?.outdated !== undefined && { outdated: base.outdated }) } }),
    indexed,
  };
}
