import { type ImageConfig, isOsPackageType, type Package } from '@plimsoll/model';
import { readEnv } from '../../oci/config-changes.ts';

/** Variables in which official images state their runtime's version. */
const VARIABLES: readonly (readonly [name: string, variable: string])[] = [
  ['Python', 'PYTHON_VERSION'],
  ['Node.js', 'NODE_VERSION'],
  ['Go', 'GOLANG_VERSION'],
  ['Ruby', 'RUBY_VERSION'],
  ['PHP', 'PHP_VERSION'],
  ['Rust', 'RUST_VERSION'],
  ['Java', 'JAVA_VERSION'],
  ['Erlang', 'OTP_VERSION'],
  ['.NET', 'DOTNET_VERSION'],
  ['nginx', 'NGINX_VERSION'],
  ['PostgreSQL', 'PG_VERSION'],
  ['Redis', 'REDIS_VERSION'],
];

/** Packages of a distribution that are a runtime, by name. */
const PACKAGES: readonly (readonly [name: string, packages: readonly string[]])[] = [
  ['Python', ['python3']],
  ['Node.js', ['nodejs']],
  ['Ruby', ['ruby']],
];

/** What runs programs in an image. */
export interface Runtime {
  /** `Python` */
  readonly name: string;
  /** `3.9.2` */
  readonly version: string;
}

/** The runtime an image states in its settings, else the one its distribution installed. */
export function runtimeOf(config: Pick<ImageConfig, 'env'>, packages: readonly Package[] = []): Runtime | undefined {
  const env = readEnv(config.env);
  for (const [name, variable] of VARIABLES) {
    const version = /^(?:jdk-|v)?(\d+(?:\.\d+)*)/.exec(env.get(variable) ?? '')?.[1];
    if (version !== undefined) return { name, version };
  }
  for (const [name, names] of PACKAGES) {
    const found = packages.find((installed) => isOsPackageType(installed.type) && names.includes(installed.name));
    const version = /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(found?.version ?? '')?.[1];
    if (version !== undefined) return { name, version };
  }
  return undefined;
}
