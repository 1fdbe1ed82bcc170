import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Digest } from '@plimsoll/model';
import { blobsOf, jsonBlob, topOf } from './image-builder.ts';
import { digestOf } from './image-builder-tar.ts';
import type { Blob, BuiltImage, BuiltIndex } from './image-builder-types.ts';

/** How a registry asks who one is. */
export type RegistryAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  /** Tokens from a realm of its own; without user and password anyone gets one. */
  | { readonly kind: 'token'; readonly user?: string; readonly password?: string };

/** What goes wrong; may be changed at any time. */
export interface RegistryFaults {
  /** Blobs whose last byte is another. */
  corruptBlobs: boolean;
  /** Blobs that stop half way, with a length to match. */
  shortBlobs: boolean;
  /** Blobs whose connection is cut half way. */
  cutBlobs: boolean;
  /** Blobs that go on after their last byte, for ever; and manifests. */
  endless: boolean;
  /** Bytes that the stated length of a blob is more than what comes. */
  lengthLie: number;
  /** Manifests with a byte of white space more than their digest knows. */
  alteredManifests: boolean;
  /** Each request is answered with this status. */
  status: number | undefined;
  /** Seconds, sent along with the status. */
  retryAfter: string | undefined;
  /** Blobs are answered with a redirect to this address, the digest put at its end. */
  redirectBlobs: string | undefined;
  /** The realm that the token challenge names, instead of the registry's own. */
  realm: string | undefined;
  /** The token that is given, instead of a good one. */
  token: unknown;
  /** Requests are never answered. */
  silent: boolean;
}

/** One request as it came. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
}

/** A registry on a loopback port of this process. */
export interface MemoryRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  readonly requests: LoggedRequest[];
  readonly faults: RegistryFaults;
  /** Stores an image under a tag and, with all its blobs, under its digest. Returns its reference. */
  push(repository: string, tag: string, image: BuiltImage | BuiltIndex): string;
  /** Stores a document that refers to a digest, wrapped in a manifest as the specification has it. Returns the manifest's digest. */
  attach(repository: string, subject: Digest, document: AttachedSpec): Digest;
  /** Stores bytes as a manifest: what is no image. */
  pushManifest(repository: string, tag: string, manifest: Blob): string;
  /** Bytes of Docker's `config.json` that let one in. */
  dockerConfig(): string;
  /** Tokens handed out so far stop working. */
  expireTokens(): void;
}

/** A document to attach to an image. */
export interface AttachedSpec {
  readonly artifactType: string;
  /** Of the document's bytes; default the artifact's. */
  readonly mediaType?: string;
  readonly content: object;
  /** Of the layer, and of the descriptor in the list. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** A tag instead of a list: `sha256-....att`. */
  readonly tag?: string;
}

interface Repository {
  readonly tags: Map<string, Blob>;
  readonly manifests: Map<string, Blob>;
  readonly blobs: Map<string, Blob>;
  readonly referrers: Map<string, object[]>;
}

/** Starts a registry that speaks enough of the distribution API to pull: https://github.com/opencontainers/distribution-spec */
export async function startMemoryRegistry(
  options: {
    readonly auth?: RegistryAuth;
    readonly pageSize?: number;
    /** How referrers are listed: by the API, or by the tag that stands in for it (the default). */
    readonly referrers?: 'api' | 'tag';
  } = {},
): Promise<MemoryRegistry> {
  const { auth = { kind: 'none' }, pageSize = 100, referrers = 'tag' } = options;
  const repositories = new Map<string, Repository>();
  const tokens = new Set<string>();
  let issued = 0;
  const requests: LoggedRequest[] = [];
  const faults: RegistryFaults = {
    corruptBlobs: false,
    shortBlobs: false,
    cutBlobs: false,
    endless: false,
    lengthLie: 0,
    alteredManifests: false,
    status: undefined,
    retryAfter: undefined,
    redirectBlobs: undefined,
    realm: undefined,
    token: undefined,
    silent: false,
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    host,
    requests,
    faults,
    push(repository, tag, image) {
      const { tags, manifests, blobs } = repositoryOf(repository);
      for (const blob of blobsOf(image)) (isManifest(blob) ? manifests : blobs).set(blob.descriptor.digest, blob);
      tags.set(tag, topOf(image));
      return `${host}/${repository}:${tag}`;
    },
    attach(repository, subject, { artifactType, mediaType = artifactType, content, annotations, tag }) {
      const stored = repositoryOf(repository);
      const config = jsonBlob('application/vnd.oci.empty.v1+json', {});
      const layer = jsonBlob(mediaType, content);
      const layers = [{ ...layer.descriptor, ...(annotations && { annotations }) }];
      const about = { mediaType: MANIFEST, digest: subject, size: 1 };
      const manifest = jsonBlob(MANIFEST, {
        ...{ schemaVersion: 2, mediaType: MANIFEST, artifactType, config: config.descriptor, layers },
        ...(tag === undefined && { subject: about }),
      });
      for (const blob of [config, layer]) stored.blobs.set(blob.descriptor.digest, blob);
      stored.manifests.set(manifest.descriptor.digest, manifest);
      if (tag !== undefined) stored.tags.set(tag, manifest);
      else {
        const list = [
          ...(stored.referrers.get(subject) ?? []),
          { ...manifest.descriptor, artifactType, ...(annotations && { annotations }) },
        ];
        stored.referrers.set(subject, list);
        if (referrers === 'tag') stored.tags.set(subject.replace(':', '-'), indexOf(list));
      }
      return manifest.descriptor.digest;
    },
    pushManifest(repository, tag, manifest) {
      repositoryOf(repository).manifests.set(manifest.descriptor.digest, manifest);
      repositoryOf(repository).tags.set(tag, manifest);
      return `${host}/${repository}:${tag}`;
    },
    dockerConfig: () => JSON.stringify({ auths: { [host]: { auth: credentialsOf(auth) ?? '' } } }),
    expireTokens: () => tokens.clear(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function repositoryOf(name: string): Repository {
    const known = repositories.get(name) ?? { tags: new Map(), manifests: new Map(), blobs: new Map(), referrers: new Map() };
    repositories.set(name, known);
    return known;
  }

  function answer(request: IncomingMessage, response: ServerResponse): ServerResponse | undefined {
    const { method = 'GET', url = '/' } = request;
    requests.push({ method, url, authorization: request.headers.authorization, accept: request.headers.accept });
    if (faults.silent) return undefined;
    const address = new URL(url, `http://${host}`);
    if (faults.status !== undefined) {
      if (faults.retryAfter !== undefined) response.setHeader('Retry-After', faults.retryAfter);
      return refuse(response, faults.status, 'FAULT', 'as the test wished');
    }
    if (address.pathname === '/token') return giveToken(request, response, address);
    const [, repository = '', kind, name = ''] = /^\/v2\/(.+)\/(manifests|blobs|tags|referrers)\/(.+)$/.exec(address.pathname) ?? [];
    if (!isLetIn(request)) return challenge(response, repository);
    const stored = repositories.get(repository);
    if (!stored) return refuse(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
    if (kind === 'referrers') {
      if (referrers === 'tag') return refuse(response, 404, 'UNSUPPORTED', 'no such address');
      const list = indexOf(stored.referrers.get(name) ?? []);
      return response.setHeader('Content-Type', list.descriptor.mediaType).end(list.bytes);
    }
    if (kind === 'tags') return giveTags(response, repository, stored, address);
    if (kind === 'manifests') return giveManifest(request, response, stored.manifests.get(name) ?? stored.tags.get(name));
    return giveBlob(request, response, stored.blobs.get(name));
  }

  function isLetIn({ headers }: IncomingMessage): boolean {
    if (auth.kind === 'none') return true;
    const [scheme, word = ''] = (headers.authorization ?? '').split(' ');
    if (auth.kind === 'basic') return scheme === 'Basic' && word === credentialsOf(auth);
    return scheme === 'Bearer' && tokens.has(word);
  }

  function challenge(response: ServerResponse, repository: string): ServerResponse | undefined {
    const realm = faults.realm ?? `http://${host}/token`;
    const bearer = `Bearer realm="${realm}",service="memory",scope="repository:${repository}:pull"`;
    response.setHeader('WWW-Authenticate', auth.kind === 'basic' ? 'Basic realm="memory"' : bearer);
    return refuse(response, 401, 'UNAUTHORIZED', 'authentication required');
  }

  function giveToken({ headers }: IncomingMessage, response: ServerResponse, address: URL): ServerResponse | undefined {
    const wanted = credentialsOf(auth);
    if (wanted !== undefined && headers.authorization !== `Basic ${wanted}`) return refuse(response, 401, 'DENIED', 'wrong login');
    if (!address.searchParams.get('scope')?.endsWith(':pull')) return refuse(response, 400, 'SCOPE', 'no scope');
    issued += 1;
    const token = `token-${issued}`;
    tokens.add(token);
    return response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ token: faults.token ?? token, expires_in: 300 }));
  }

  function giveTags(response: ServerResponse, repository: string, { tags }: Repository, address: URL): ServerResponse | undefined {
    const names = [...tags.keys()].sort();
    const last = address.searchParams.get('last');
    const from = last === null ? 0 : names.findIndex((name) => name > last);
    const page = from === -1 ? [] : names.slice(from, from + pageSize);
    if (from + page.length < names.length && page.length > 0) {
      response.setHeader('Link', `</v2/${repository}/tags/list?n=${pageSize}&last=${page.at(-1)}>; rel="next"`);
    }
    return response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ name: repository, tags: page }));
  }

  function giveManifest(request: IncomingMessage, response: ServerResponse, manifest: Blob | undefined): ServerResponse | undefined {
    if (!manifest) return refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    const { mediaType, digest } = manifest.descriptor;
    // As the real one does: who does not say that it takes the type is told that there is nothing.
    if (mediaType.includes('manifest') && !request.headers.accept?.includes(mediaType)) {
      return refuse(response, 404, 'MANIFEST_UNKNOWN', 'not acceptable');
    }
    const bytes = faults.alteredManifests ? Buffer.concat([manifest.bytes, Buffer.from(' ')]) : manifest.bytes;
    if (faults.endless && request.method !== 'HEAD') return giveWithoutEnd(response.writeHead(200, { 'Content-Type': mediaType }), bytes);
    response.writeHead(200, { 'Content-Type': mediaType, 'Content-Length': bytes.length, 'Docker-Content-Digest': digest });
    return response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  function giveBlob(request: IncomingMessage, response: ServerResponse, blob: Blob | undefined): ServerResponse | undefined {
    if (!blob) return refuse(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    const { digest } = blob.descriptor;
    if (faults.redirectBlobs !== undefined) {
      return response.writeHead(307, { Location: `${faults.redirectBlobs}${digest}` }).end();
    }
    const bytes = faults.shortBlobs ? blob.bytes.subarray(0, blob.bytes.length >> 1) : Buffer.from(blob.bytes);
    if (faults.corruptBlobs) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
    if (faults.endless) return giveWithoutEnd(response.writeHead(200), bytes);
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length + faults.lengthLie });
    if (request.method === 'HEAD') return response.end();
    if (!faults.cutBlobs) return response.end(bytes);
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    return undefined;
  }
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

function indexOf(manifests: readonly object[]): Blob {
  const type = 'application/vnd.oci.image.index.v1+json';
  return jsonBlob(type, { schemaVersion: 2, mediaType: type, manifests });
}

/** White space without end, as fast as it is taken. */
function giveWithoutEnd(response: ServerResponse, bytes: Uint8Array): undefined {
  const more = Buffer.alloc(64 * 1024, ' ');
  const go = () => {
    while (!response.destroyed && response.write(more));
  };
  response.on('drain', go).write(bytes);
  go();
}

function refuse(response: ServerResponse, status: number, code: string, message: string): ServerResponse | undefined {
  return response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ errors: [{ code, message }] }));
}

function credentialsOf(auth: RegistryAuth): string | undefined {
  if (auth.kind === 'none' || auth.user === undefined) return undefined;
  return Buffer.from(`${auth.user}:${auth.password ?? ''}`).toString('base64');
}

function isManifest({ descriptor }: Blob): boolean {
  return /\.(?:manifest|index|manifest\.list)\.v\d\+json$/.test(descriptor.mediaType);
}

/** A digest that nothing has. */
export const absentDigest = digestOf('nothing has this digest');
