import type { ConfigChange, ImageConfig } from '@plimsoll/model';

/** Splits `NAME=value` entries; a later one of the same name counts. */
export function readEnv(env: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    env.map((entry) => {
      const end = entry.indexOf('=');
      return end === -1 ? [entry, ''] : [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
}

/** What differs between the settings of two images, labels left out: user, directory, entry point, command, variables, ports. */
export function configChanges(from: ImageConfig, to: ImageConfig): readonly ConfigChange[] {
  return [
    ...changed('user', undefined, from.user, to.user),
    ...changed('workdir', undefined, from.workingDir, to.workingDir),
    ...changed('entrypoint', undefined, listText(from.entrypoint), listText(to.entrypoint)),
    ...changed('cmd', undefined, listText(from.cmd), listText(to.cmd)),
    ...changedEach('env', readEnv(from.env), readEnv(to.env)),
    ...changedEach('port', portsOf(from), portsOf(to)),
  ];
}

function changedEach(field: 'env' | 'port', from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): readonly ConfigChange[] {
  const names = [...new Set([...from.keys(), ...to.keys()])].sort();
  return names.flatMap((name) => changed(field, name, from.get(name), to.get(name)));
}

function changed(
  field: ConfigChange['field'],
  name: string | undefined,
  from: string | undefined,
  to: string | undefined,
): readonly ConfigChange[] {
  if ((from ?? '') === (to ?? '') && (from === undefined) === (to === undefined)) return [];
  return [{ field, ...(name !== undefined && { name }), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function listText(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : JSON.stringify(words);
}

function portsOf({ exposedPorts }: ImageConfig): ReadonlyMap<string, string> {
  return new Map(exposedPorts.map((port) => [port, port]));
}
