import { type Match, type Package, platformName, type Report, severities, severityRank } from '@plimsoll/model';
import { dateOf } from '../../shared/dates.ts';
import { type Html, markup } from './escape.ts';
import { style } from './style.data.ts';

/** The report as one page: what it is, what is not covered, bases, layers, vulnerabilities by package, packages, and where the facts are from. */
export function* toPage(report: Report, version: string): Generator<string> {
  const { inventory, coverage } = report;
  const { image } = inventory;
  // No script runs and nothing is fetched, whatever a text should bring in.
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
`;
  yield markup`<title>${image.name} · Plimsoll</title>`.html;
  yield `<style>${style}</style></head><body>\n`;
  yield header(report).html;
  for (const gap of coverage.gaps) yield markup`<p class="note">Not covered: ${gap}</p>\n`.html;
  yield bases(report).html;
  yield layers(report).html;
  yield* vulnerabilities(report);
  yield* packageTable(inventory.packages);
  yield sources(report, version).html;
  yield '</body></html>\n';
}

function header({ inventory: { image, distro, packages }, counts, exploited, fixable }: Report): Html {
  const facts = [platformName(image.platform), distro?.name ?? 'no distribution', `${packages.length} packages`];
  return markup`<header><h1>${image.name}</h1>
<p class="soft">${facts.join(' · ')}</p><p class="soft"><code>${image.digest}</code></p>
<ul class="counts">${severities.map((severity) => markup`<li class="${severity}"><b>${counts[severity]}</b>${severity}</li>`)}</ul>
<p>${exploited} known to be exploited, ${fixable} can be fixed by an upgrade.</p></header>\n`;
}

function bases({ hierarchy }: Report): Html {
  const rows = hierarchy.map(
    ({ candidates, confidence, layers: [first, last] }) =>
      markup`<tr><td>${candidates[0] ?? 'unknown'}</td><td>${confidence}</td><td class="number">${first} to ${last}</td></tr>`,
  );
  return table('Base images', ['image', 'confidence', 'layers'], rows);
}

function layers({ layers: reports, inventory: { image } }: Report): Html {
  const rows = image.layers.map(({ index, createdBy, size }) => {
    const found = reports.find(({ layer }) => layer === index);
    const added = found ? severities.filter((severity) => found.added[severity] > 0) : [];
    const counts = added.map((severity) => markup`<span class="${severity}">${found?.added[severity]} ${severity}</span> `);
    return markup`<tr><td class="number">${index}</td><td><code>${createdBy.slice(0, 300)}</code></td><td class="number">${megabytes(size)}</td><td>${counts}</td></tr>`;
  });
  return table('Layers', ['layer', 'created by', 'size', 'vulnerabilities added'], rows);
}

function* vulnerabilities({ inventory, matches }: Report): Generator<string> {
  const packages = new Map(inventory.packages.map((found) => [found.id, found]));
  const groups = [...Map.groupBy(matches, ({ packageId }) => packageId)];
  yield `<h2>Vulnerabilities</h2>\n`;
  if (groups.length === 0) yield '<p>None were found in what could be looked at.</p>\n';
  for (const [id, found] of groups.toSorted(([, a], [, b]) => rank(a) - rank(b))) {
    const owner = packages.get(id);
    if (owner) yield group(owner, found).html;
  }
}

function group({ name, version, introducedIn, evidence }: Package, matches: readonly Match[]): Html {
  const open = matches.filter(({ suppressed }) => !suppressed);
  const counts = severities.flatMap((severity) => {
    const count = open.filter((match) => match.severity === severity).length;
    return count === 0 ? [] : [markup`<span class="${severity}">${count} ${severity}</span> `];
  });
  const none = matches.length === open.length ? '' : `${matches.length - open.length} suppressed`;
  const rows = matches.map((match) => {
    const score = match.cvss ? ` ${match.cvss.score}` : '';
    const words = [
      match.kev && 'exploited',
      match.status !== 'affected' && match.status,
      match.suppressed && `suppressed: ${match.suppressed.reason}`,
    ];
    return markup`<tr><td class="${match.severity}">${match.severity}${score}</td><td>${linked(match.id)}</td><td>${match.summary ?? ''}</td><td>${
      match.fixedIn ?? 'not fixed'
    }</td><td>${words.filter(Boolean).join(', ')}</td></tr>`;
  });
  return markup`<details><summary><b>${name}</b> ${version} · ${counts}${none}</summary>
<p class="soft">Layer ${introducedIn}, ${evidence[0]?.path ?? ''}</p>
<div class="wide"><table><thead><tr><th>severity</th><th>id</th><th>what</th><th>fixed in</th><th></th></tr></thead><tbody>${rows}</tbody></table></div></details>\n`;
}

function* packageTable(packages: readonly Package[]): Generator<string> {
  yield '<h2>Packages</h2>\n<details><summary>All that were found</summary><div class="wide"><table><thead><tr><th>type</th><th>name</th><th>version</th><th>licences</th><th>layer</th></tr></thead><tbody>\n';
  for (const { type, name, version, licenses, introducedIn } of packages) {
    yield markup`<tr><td>${type}</td><td>${name}</td><td>${version}</td><td>${licenses.join(', ')}</td><td class="number">${introducedIn}</td></tr>\n`
      .html;
  }
  yield '</tbody></table></div></details>\n';
}

function sources(report: Report, version: string): Html {
  const rows = report.advisories
    .filter(({ state }) => state !== 'empty')
    .map(
      ({ title, date, records, license }) =>
        markup`<tr><td>${title}</td><td>${date ?? ''}</td><td class="number">${records}</td><td>${license}</td></tr>`,
    );
  return markup`${table('Where the facts are from', ['source', 'date', 'records', 'licence'], rows)}
<p class="soft">Plimsoll ${version}, of data of ${dateOf(report)}.</p>\n`;
}

function table(title: string, columns: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0) return markup``;
  const heads = columns.map((column) => markup`<th>${column}</th>`);
  return markup`<h2>${title}</h2>\n<div class="wide"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>\n`;
}

/** Only ids of a known shape become links. */
function linked(id: string): Html {
  if (/^CVE-\d{4}-\d{1,19}$/.test(id)) return markup`<a href="https://nvd.nist.gov/vuln/detail/${id}" rel="noreferrer">${id}</a>`;
  if (/^GHSA(?:-[0-9a-z]{4}){3}$/.test(id)) return markup`<a href="https://github.com/advisories/${id}" rel="noreferrer">${id}</a>`;
  return markup`${id}`;
}

function rank(matches: readonly Match[]): number {
  return Math.min(...matches.map(({ severity, suppressed }) => severityRank(severity) + (suppressed ? 10 : 0)));
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`;
}
