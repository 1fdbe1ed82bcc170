import type { AffectedPackage } from '../../../advisory/types.ts';
import type { Subject } from '../../types.ts';

/**
 * RPM distributions ship some packages in several streams at once (`nodejs:18`, `nodejs:20`). What is said of one stream says nothing of
 * another, nor of the same package outside of all streams. The stream is the package's module label; where none was kept, the release tells
 * that there is one (`1.module_el8.9.0`), and the first number of the version stands for it.
 * https://docs.fedoraproject.org/en-US/modularity/
 */
export function isOfStream(subject: Subject, version: string, { module, ranges }: AffectedPackage): boolean {
  const label = labelOf(subject.purl);
  const isModular = label !== undefined || version.includes('.module');
  const fixes = ranges.flatMap(({ fixed }) => fixed ?? []);
  if (module !== undefined && label !== undefined) return label === module;
  if (module !== undefined)
    return isModular && (fixes.length > 0 ? fixes.every((fix) => hasFirstNumberOf(fix, version)) : fits(module, version));
  return fixes.length === 0
    ? !isModular
    : fixes.every((fix) => fix.includes('.module') === isModular && (!isModular || hasFirstNumberOf(fix, version)));
}

/** `nodejs:18` of the purl's `rpmmod=nodejs:18:8060020230324124021:ad008a3a`. */
function labelOf(purl: string): string | undefined {
  const found = /[?&]rpmmod=([^&#]{1,300})/.exec(purl)?.[1];
  const [name, stream] = found === undefined ? [] : found.replaceAll('%3A', ':').replaceAll('%3a', ':').split(':');
  return name && stream ? `${name}:${stream}` : undefined;
}

/** `nodejs:18` fits 18.19.0, `ruby:3.1` fits 3.1.4; `container-tools:rhel8` says nothing. */
function fits(module: string, version: string): boolean {
  const stream = module.slice(module.indexOf(':') + 1);
  const rest = plain(version);
  return /^\d/.test(stream) && rest.startsWith(stream) && /^(?:[.-]|$)/.test(rest.slice(stream.length));
}

function hasFirstNumberOf(fix: string, version: string): boolean {
  return plain(fix).split(/[.-]/, 1)[0] === plain(version).split(/[.-]/, 1)[0];
}

function plain(version: string): string {
  return version.replace(/^\d{1,9}:/, '');
}
