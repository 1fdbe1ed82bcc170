import { fieldsOf, parseJson, textOf } from '../../shared/json.ts';
import type { Finding } from '../../types.ts';

/** How a self-contained program names the runtime that is published with it. */
const PACK = 'runtimepack.';

/** Parts of a target's library that are files of the image. */
const FILES = ['runtime', 'runtimeTargets', 'native', 'resources'] as const;

/** In the place of a file that the runtime brings itself. */
const PLACEHOLDER = '_._';

/**
 * `libraries` of a dependency file, keyed `name/version`: those of type package, and the runtime packs. What a target lists without files is
 * left out: it took part in the build, or the runtime has it in a newer version.
 * https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
 */
export function* parseDependencies(path: string, bytes: Uint8Array): Generator<Finding> {
  const { libraries, targets, runtimeTarget } = fieldsOf(parseJson(bytes));
  if (typeof libraries !== 'object' || libraries === null) throw new Error('it does not list libraries');
  const targeted = targetName(runtimeTarget);
  const target = fieldsOf(fieldsOf(targets)[targeted]);
  let isKnown = false;
  for (const [key, library] of Object.entries(fieldsOf(libraries))) {
    const { type, compileOnly } = fieldsOf(library);
    const isPack = type === 'runtimepack';
    if ((type !== 'package' && !isPack) || compileOnly === true) continue;
    if (!isPack && !hasFiles(target[key])) continue;
    const slash = key.lastIndexOf('/');
    const name = textOf(key.slice(isPack && key.startsWith(PACK) ? PACK.length : 0, slash));
    const version = textOf(key.slice(slash + 1));
    if (slash === -1 || !name || !version || !isName(name)) continue;
    isKnown = true;
    yield packageOf(name, version);
  }
  const runtime = isKnown ? undefined : runtimeOf(path, targeted.split('/')[1]);
  if (runtime) yield packageOf(runtime.name, runtime.version);
}

function packageOf(name: string, version: string): Finding {
  return { kind: 'package', draft: { type: 'nuget', name, version, licenses: [] } };
}

/** A text in old files, an object with `name` in later ones: `.NETCoreApp,Version=v8.0/linux-x64`. */
function targetName(runtimeTarget: unknown): string {
  return textOf(runtimeTarget) ?? textOf(fieldsOf(runtimeTarget).name) ?? '';
}

/** Where the target does not speak of a library, it is taken to be there. */
function hasFiles(library: unknown): boolean {
  if (library === undefined) return true;
  const parts = fieldsOf(library);
  return FILES.some((part) => Object.keys(fieldsOf(parts[part])).some((file) => !file.endsWith(PLACEHOLDER)));
}

/** Of a runtime whose own file lists nothing: its folder, `shared/Microsoft.NETCore.App/8.0.1/`, and the platform that it is for. */
function runtimeOf(path: string, platform: string | undefined): { readonly name: string; readonly version: string } | undefined {
  const [shared, folder, version] = path.split('/').slice(-4, -1);
  if (shared !== 'shared' || !folder || !version?.trim() || !path.endsWith(`/${folder}.deps.json`)) return undefined;
  const name = platform ? `${folder}.Runtime.${platform}` : folder;
  return isName(name) ? { name, version: version.trim() } : undefined;
}

/** https://learn.microsoft.com/nuget/reference/nuspec#id */
function isName(name: string): boolean {
  return name.length <= 200 && /^[\w.-]+$/.test(name);
}
