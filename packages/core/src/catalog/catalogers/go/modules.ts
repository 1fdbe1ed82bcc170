import { lines } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

const MAX_MODULES = 20_000;

interface Module {
  readonly name: string;
  readonly version: string;
}

/**
 * Modules of a program, its main module among them, and Go's standard library by the version of Go.
 *
 * The text is that of `go version -m`: lines of `mod NAME VERSION SUM`, `dep NAME VERSION SUM`, `=> NAME VERSION SUM` (instead of the line
 * before) and `build KEY=VALUE`, fields apart by tabs. https://pkg.go.dev/runtime/debug#BuildInfo
 */
export function* parseModules(text: string, goVersion: string): Generator<Finding> {
  let main: Module | undefined;
  let flags = '';
  const modules: Module[] = [];
  for (const line of lines(text)) {
    const [kind, name = '', version = ''] = line.split('\t');
    if (kind === 'mod') main = { name, version };
    else if (kind === 'dep') modules.push({ name, version });
    else if (kind === '=>') {
      const replaced = modules.pop() ?? main;
      if (!replaced) continue;
      // A module that was replaced by a folder keeps its name: which version that folder held is not known.
      const instead = /^[./]/.test(name) ? { name: replaced.name, version: UNKNOWN } : { name, version };
      if (replaced === main) main = instead;
      else modules.push(instead);
    } else if (kind === 'build' && name.startsWith('-ldflags=')) flags = name.slice('-ldflags='.length);
    if (modules.length > MAX_MODULES) throw new Error(`it says to be built from more than ${MAX_MODULES} modules`);
  }
  if (main && isPath(main.name)) yield toFinding({ name: main.name, version: versionOf(main.version, flags) });
  for (const found of modules) if (isPath(found.name)) yield toFinding(found);
  const library = /^go(\d[\w.]*)/.exec(goVersion)?.[1];
  if (library !== undefined) yield toFinding({ name: 'stdlib', version: library });
}

/** What Go writes where a version is not known. */
const UNKNOWN = '(devel)';

/** A main module that was built from a checkout has no version, but many builds set a variable to it. */
function versionOf(stated: string, flags: string): string {
  if (stated !== '' && stated !== UNKNOWN) return stated;
  const set = /-X[ =]\\?["']?[\w./-]{0,200}version=(v?\d+\.\d+\.\d+[\w.+~-]{0,60})/i.exec(flags.slice(0, 20_000));
  return set?.[1] ?? UNKNOWN;
}

/** Semantic, with a `v` but for the library: https://go.dev/ref/mod#versions, https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const VERSION =
  /^(?:v(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(?:\+[\da-zA-Z.-]+)?|\d[\w.+~-]*)$/;

/** https://go.dev/ref/mod#go-mod-file-ident */
function isPath(name: string): boolean {
  return /^[\w.~-][\w.~/-]{0,400}$/.test(name) && !name.endsWith('/');
}

function toFinding({ name, version }: Module): Finding {
  const known = version.length <= 200 && VERSION.test(version) ? version : UNKNOWN;
  return { kind: 'package', draft: { type: 'golang', name, version: known, licenses: [] } };
}
