import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram, isCommanderError } from './program.ts';

const page = readFileSync(new URL('../../../docs/reference/cli.md', import.meta.url), 'utf8');
const idle = createProgram({ run: async () => {}, stay: async () => {} });

/** Names of commands that print something, `advisories update` among them, with their own options. */
function leaves(command: Command, before: readonly string[] = []): readonly { readonly name: string; readonly command: Command }[] {
  return command.commands.flatMap((child) => {
    const path = [...before, child.name()];
    return child.commands.length > 0 ? leaves(child, path) : [{ name: path.join(' '), command: child }];
  });
}

describe('docs/reference/cli.md', () => {
  it('has each command, and no other', () => {
    const documented = [...page.matchAll(/^\| `([^|]+)\|/gm)].flatMap(([, cell = '']) =>
      [...`\`${cell}`.matchAll(/`([a-z]+(?: [a-z]+)?)(?: [A-Z]+)*`/g)].map(([, name]) => name),
    );
    const names = leaves(idle).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(documented.filter((name) => name !== 'qv' && name !== 'diff').toSorted()).toEqual(names.toSorted());
  });

  it('has each option', () => {
    const options = leaves(idle).flatMap(({ command }) => command.options.map(({ long }) => long ?? ''));
    expect([...new Set(options)].filter((option) => !page.includes(`\`${option}`))).toEqual([]);
  });

  it('names no option that there is not', () => {
    const known = new Set([...leaves(idle).flatMap(({ command }) => command.options.map(({ long }) => long)), '--version', '--help']);
    const named = [...page.matchAll(/`(--[a-z-]+)/g)].map(([, option]) => option);
    expect(named.filter((option) => !known.has(option))).toEqual([]);
  });
});

describe('the command line', () => {
  it('hands on what was asked for', async () => {
    const ran: unknown[] = [];
    const program = createProgram({ run: async (_, options) => void ran.push(options), stay: async () => {} });
    await program.parseAsync(['cves', 'image', '--only-severity', 'high', '--only-severity', 'low', '--format', 'json', '-e'], {
      from: 'user',
    });
    expect(ran).toEqual([{ onlySeverity: ['high', 'low'], format: ['json'], exitCode: true }]);
  });

  it.each([[['nothing']], [['cves']], [['cves', 'a', 'b']], [['cves', 'a', '--what']], [['cves', 'a', '--layer']]])(
    '%j is wrong usage',
    async (argv) => {
      const program = createProgram({ run: async () => {}, stay: async () => {} });
      for (const command of [program, ...program.commands]) command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
      await expect(program.parseAsync(argv, { from: 'user' })).rejects.toSatisfy(
        (error) => isCommanderError(error) && error.exitCode !== 0,
      );
    },
  );
});
