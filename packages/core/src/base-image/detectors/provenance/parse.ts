import type { Digest, Material } from '@plimsoll/model';
import { PackageURL } from 'packageurl-js';

/** Reads `pkg:docker/python@3.9-slim?platform=linux%2Famd64`; undefined for sources and everything else that is no image. */
export function parseMaterial({ uri, digest }: Material): { readonly name: string; readonly digest?: Digest } | undefined {
  if (!uri.startsWith('pkg:docker/')) return undefined;
  try {
    const { namespace, name, version } = PackageURL.fromString(uri);
    const tag = version && !version.startsWith('sha256:') ? `:${version.split('@')[0]}` : '';
    return { name: `${namespace ? `${namespace}/` : ''}${name}${tag}`, ...(digest && { digest }) };
  } catch {
    return undefined;
  }
}
