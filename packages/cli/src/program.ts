import { version as programVersion } from '@plimsoll/core';
import { packageTypes } from '@plimsoll/model';
import { Command, type CommanderError } from 'commander';
import { advisoriesStatus, exportAdvisories, importAdvisories, updateAdvisories } from './commands/advisories/index.ts';
import { addBases, exportBases, importBases, listBases, pinBase, removeBases, syncBases } from './commands/bases/index.ts';
import { cacheUsage, pruneCache } from './commands/cache/index.ts';
import { compare } from './commands/compare/index.ts';
import { cves } from './commands/cves/index.ts';
import { explain } from './commands/explain/index.ts';
import { hierarchy } from './commands/hierarchy/index.ts';
import { layers } from './commands/layers/index.ts';
import { packages } from './commands/packages/index.ts';
import { pull } from './commands/pull/index.ts';
import { quickview } from './commands/quickview/index.ts';
import { recommendations } from './commands/recommendations/index.ts';
import { sbom } from './commands/sbom/index.ts';
import { serve } from './commands/serve/index.ts';
import { version } from './commands/version/index.ts';
import { view } from './commands/view/index.ts';
import type { CommandContext, CommandResult } from './types.ts';

/** What running a command needs from the one who runs it. */
export interface Host {
  /** Runs a command and prints what it gives. */
  run(work: (use: CommandContext) => Promise<CommandResult>, output: OutputOptions): Promise<void>;
  /** Runs a command that stays. `say` prints a line. */
  stay(work: (use: CommandContext, say: (line: string) => void) => Promise<void>, output: OutputOptions): Promise<void>;
}

/** Options that every command has. */
export interface OutputOptions {
  readonly format?: readonly string[];
  readonly output?: string;
  readonly quiet?: boolean;
  /** Configuration file in place of `.plimsoll.yaml`. */
  readonly config?: string;
  /** Files and folders with VEX documents. */
  readonly vexLocation?: readonly string[];
  /** Believe the VEX documents that are attached to the image. */
  readonly vexFromImage?: boolean;
}

/** Options as a command takes them, with those that every command has. */
type OptionsOf<Run extends (...given: never[]) => unknown, At extends 0 | 1 | 2 = 1> = OutputOptions & NonNullable<Parameters<Run>[At]>;

/** The command line, without anything running. Throws commander's errors instead of ending the process. */
export function createProgram(host: Host): Command {
  const program = new Command('plimsoll')
    .description('Shows how safely a container image is loaded: base images, layers, packages, vulnerabilities, and what to do.')
    .version(programVersion)
    .exitOverride()
    .showHelpAfterError('(plimsoll help shows every command)');

  const image = (name: string, description: string) =>
    exceptions(
      output(
        program
          .command(name)
          .description(description)
          .argument('<image>', '[prefix://]image: a reference, archive://FILE, oci-dir://FOLDER'),
      ),
    )
      .option('--platform <os/arch>', 'which platform of a multi-platform image')
      .option('--ref <name>', 'which image of a folder or archive that holds several');

  image('quickview', 'target, base, refreshed and changed base, each with its counts')
    .alias('qv')
    .action((input: string, options: OptionsOf<typeof quickview>) => host.run((use) => quickview(input, options, use), options));
  image('cves', 'vulnerabilities by package')
    .option('--only-severity <list>', 'critical, high, medium, low, unspecified', repeated)
    .option('--only-fixed', 'with a fix')
    .option('--only-unfixed', 'without a fix')
    .option('--only-package-type <list>', packageTypes.join(', '), repeated)
    .option('--only-cve-id <list>', 'these ids', repeated)
    .option('--only-cisa-kev', 'known to be exploited')
    .option('--epss-score <number>', 'at least this EPSS score, 0 to 1')
    .option('--only-base', 'brought by base images')
    .option('--ignore-base', 'not brought by base images')
    .option('--layer <list>', 'brought by these layers: N,N-N')
    .option('--locations', 'with paths and layers')
    .option('--details', 'with range, opinions and links')
    .option('-e, --exit-code', 'exit with 2 where anything is left')
    .action((input: string, options: OptionsOf<typeof cves>) => host.run((use) => cves(input, options, use), options));
  image('explain', 'why a package has a vulnerability, or has not, step by step')
    .argument('<package>', 'a name, a purl or an id')
    .argument('<id>', 'CVE-..., GHSA-..., or any other id')
    .action((input: string, name: string, id: string, options: OptionsOf<typeof explain, 2>) =>
      host.run((use) => explain(input, { package: name, id }, options, use), options),
    );
  image('hierarchy', 'the chain of base images with evidence').action((input: string, options: OptionsOf<typeof hierarchy>) =>
    host.run((use) => hierarchy(input, options, use), options),
  );
  image('layers', 'layers with size, vulnerabilities added and fixed')
    .option('--base <name>', 'those that a base image brought')
    .option('--layer <list>', 'these: N,N-N')
    .action((input: string, options: OptionsOf<typeof layers>) => host.run((use) => layers(input, options, use), options));
  image('packages', 'packages with the layer that brought each')
    .option('--layer <list>', 'brought by these layers: N,N-N')
    .option('--type <list>', packageTypes.join(', '), repeated)
    .option('--hidden', 'those too that a later layer removed or replaced')
    .action((input: string, options: OptionsOf<typeof packages>) => host.run((use) => packages(input, options, use), options));
  image('sbom', 'the inventory: list, json, cyclonedx, spdx').action((input: string, options: OptionsOf<typeof sbom>) =>
    host.run((use) => sbom(input, options, use), { ...options, format: options.format ?? ['json'] }),
  );
  image('recommendations', 'what could be done: this image, refresh, change, plan')
    .option('--only-refresh', 'the same tag alone')
    .option('--only-update', 'other tags alone')
    .option('--tag <tag>', 'for this base of the hierarchy')
    .option('--dockerfile <file>', 'the Dockerfile it was made from: recommendations as its diffs, vulnerabilities by line')
    .option('--write', 'with --dockerfile: change the file as the best recommendation says')
    .option('--pin', 'with --dockerfile: write digests into FROM lines that have none')
    .option('--no-index', 'read no other image to know its counts')
    .option('--forbid <pattern>', 'bases never to offer, with * for any text', repeated)
    .option('--max-age <days>', 'offer no base that was built longer ago')
    .option('-e, --exit-code', 'exit with 2 where anything is recommended')
    .action((input: string, options: OptionsOf<typeof recommendations>) =>
      host.run((use) => recommendations(input, options, use), options),
    );
  image('compare', 'what differs from another image, and whose doing it is')
    .alias('diff')
    .requiredOption('--to <image>', 'the other one: an image, or a report that was written with --format json=FILE')
    .option('--to-ref <name>', 'which image of a folder or archive that holds several')
    .option('--exit-on <list>', 'exit with 2 where it brings a vulnerability, or another package', repeated)
    .action((input: string, options: OptionsOf<typeof compare>) => host.run((use) => compare(input, options, use), options));
  image('view', 'opens the page of an image')
    .option('--no-open', 'print the address, open no browser')
    .action((input: string, options: OptionsOf<typeof view>) => host.stay((use, say) => view(input, options, use, say), options));
  output(program.command('pull').description('pulls what a tag points to now into the container engine').argument('<image>', 'a reference'))
    .option('--remove-old', 'remove the image it pointed to before, where nothing uses it')
    .action((input: string, options: OptionsOf<typeof pull>) => host.run((use) => pull(input, options, use), options));
  exceptions(output(program.command('serve').description('web page and HTTP API')))
    .option('--listen <host:port>', 'where to listen')
    .option('--data-dir <folder>', 'where data is kept')
    .action((options: OutputOptions & { readonly listen?: string }) =>
      host.stay((use, say) => serve(options.listen ?? use.environment.listen, use, say), options),
    );

  const advisories = program.command('advisories').description('the advisory database');
  output(advisories.command('update').description('fetch the live feeds, or take files'))
    .option('--source <id>', 'these sources alone', repeated)
    .option('--from <path>', 'a file or folder in the feeds’ layouts, instead of the network')
    .action((options: OptionsOf<typeof updateAdvisories, 0>) => host.run((use) => updateAdvisories(options, use), options));
  output(advisories.command('status').description('what is loaded, and how old it is')).action((options: OutputOptions) =>
    host.run((use) => advisoriesStatus(use), options),
  );
  output(advisories.command('export').description('write the advisory database to one file').argument('<file>')).action(
    (file: string, options: OutputOptions) => host.run((use) => exportAdvisories(file, use), options),
  );
  output(advisories.command('import').description('put such a file in place of what is loaded').argument('<file>')).action(
    (file: string, options: OutputOptions) => host.run((use) => importAdvisories(file, use), options),
  );
  const bases = program.command('bases').description('the base index');
  output(bases.command('add').description('add a repository, folder or archive, and follow it').argument('<place>'))
    .option('--tags <globs>', 'these tags alone: 3.*-slim; * is any text, ? one letter, ! in front leaves out', repeated)
    .option('--platform <os/arch>', 'these platforms alone', repeated)
    .action((input: string, options: OptionsOf<typeof addBases>) => host.run((use) => addBases(input, options, use), options));
  output(bases.command('sync').description('look what has changed in what is followed').argument('[repository...]')).action(
    (names: readonly string[], options: OutputOptions) => host.run((use) => syncBases(names, use), options),
  );
  output(bases.command('list').description('what is known'))
    .option('--repositories', 'what is followed instead')
    .action((options: OptionsOf<typeof listBases, 0>) => host.run((use) => listBases(options, use), options));
  output(bases.command('export').description('write the base index to one file').argument('<file>')).action(
    (file: string, options: OutputOptions) => host.run((use) => exportBases(file, use), options),
  );
  output(bases.command('import').description('merge such a file into the base index').argument('<file>')).action(
    (file: string, options: OutputOptions) => host.run((use) => importBases(file, use), options),
  );
  output(bases.command('remove').description('forget a repository').argument('<repository>')).action(
    (name: string, options: OutputOptions) => host.run((use) => removeBases(name, use), options),
  );
  const pin = (command: Command) =>
    output(command).option('--platform <os/arch>', 'which platform').option('--ref <name>', 'which image of a folder or archive');
  pin(bases.command('pin').description('say which base an image has').argument('<image>').argument('<base>')).action(
    (input: string, name: string, options: OptionsOf<typeof pinBase, 2>) => host.run((use) => pinBase(input, name, options, use), options),
  );
  pin(bases.command('unpin').description('take that back').argument('<image>')).action(
    (input: string, options: OptionsOf<typeof pinBase, 2>) => host.run((use) => pinBase(input, undefined, options, use), options),
  );
  const cache = program.command('cache').description('the layer cache');
  output(cache.command('df').description('what it holds')).action((options: OutputOptions) => host.run((use) => cacheUsage(use), options));
  output(cache.command('prune').description('empty it')).action((options: OutputOptions) => host.run((use) => pruneCache(use), options));
  output(program.command('version').description('the program’s version')).action((options: OutputOptions) =>
    host.run(() => version(), options),
  );
  for (const command of allOf(program)) command.exitOverride();
  return program;
}

/** Whether a thrown value is commander's own, and whether it only showed help. */
export function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('commander.');
}

function output(command: Command): Command {
  return command
    .option(
      '--format <format>',
      'table, json; for images also report, html, jsonl, cyclonedx, spdx, sarif, gitlab, markdown, csv; FORMAT=FILE writes a file',
      repeated,
    )
    .option('-o, --output <file>', 'write there instead of standard output')
    .option('-q, --quiet', 'no progress and no hints');
}

/** What takes matches out of the counts. */
function exceptions(command: Command): Command {
  return command
    .option('--config <file>', 'exceptions, in place of .plimsoll.yaml of the working folder')
    .option('--vex-location <path>', 'a VEX document, or a folder of them', repeated)
    .option('--vex-from-image', 'believe the VEX documents that are attached to the image');
}

function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

/** An option that may stand several times. */
function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
