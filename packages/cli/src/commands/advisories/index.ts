import { updateHint } from '../../assess-image.ts';
import { createTable } from '../../output/table.ts';
import { ageText, countText, printable } from '../../output/text.ts';
import { splitList } from '../../select.ts';
import type { CommandContext, CommandResult } from '../../types.ts';

/** Fetches the live feeds, or takes files in their layouts. */
export async function updateAdvisories(
  options: { readonly source?: readonly string[]; readonly from?: string },
  { workspace, context }: CommandContext,
): Promise<CommandResult> {
  const sources = splitList(options.source);
  const wanted = { ...(sources && { sources }), ...(options.from !== undefined && { from: options.from }) };
  const results = await workspace.updateAdvisories(wanted, context);
  return {
    json: { results, advisories: workspace.advisories.status() },
    exitCode: results.every(({ state }) => state === 'failed') ? 1 : 0,
    faults: results.flatMap(({ source, error }) => (error ? [`${source}: ${error}`] : [])),
    table: () =>
      createTable(
        ['source', 'state', 'records'],
        results.map(({ source, state, records }) => [source, state, state === 'updated' ? records.toLocaleString('en-US') : '']),
        { right: [2] },
      ),
  };
}

/** Writes the advisory database to a file. */
export async function exportAdvisories(file: string, { workspace }: CommandContext): Promise<CommandResult> {
  const result = await workspace.exportAdvisories(file);
  return { json: result, table: () => `exported ${recordsText(result)} to ${printable(file)}` };
}

/** Puts such a file in place of all advisories here. */
export async function importAdvisories(file: string, { workspace }: CommandContext): Promise<CommandResult> {
  const result = await workspace.importAdvisories(file);
  return { json: result, table: () => `imported ${recordsText(result)} from ${printable(file)}` };
}

/** What is loaded, and how old it is. */
export async function advisoriesStatus({ workspace, context }: CommandContext): Promise<CommandResult> {
  const advisories = workspace.advisories.status();
  return {
    json: { advisories },
    hints: updateHint({ advisories }),
    table: () =>
      createTable(
        ['source', 'state', 'data of', 'records', 'covers'],
        advisories.map(({ id, state, date, records, ecosystems, sample }) => [
          id,
          sample ? 'sample' : state,
          date ? `${date.slice(0, 10)} (${ageText(date, context.now())})` : '–',
          records.toLocaleString('en-US'),
          ecosystems.join(' ') || '–',
        ]),
        { right: [3], flex: [4] },
      ),
  };
}

function recordsText({ sources, records }: { readonly sources: number; readonly records: number }): string {
  return `${records.toLocaleString('en-US')} records of ${countText(sources, 'source')}`;
}
