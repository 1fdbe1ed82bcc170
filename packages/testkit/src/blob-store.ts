import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { blobsOf } from './image-builder.ts';
import type { BuiltImage, BuiltIndex } from './image-builder-types.ts';
import type { LoggedRequest } from './memory-registry.ts';

/**
 * A second origin that blobs may be redirected to, and that keeps what it is asked.
 * @param options `challenge`: every request is answered with 401 and this `WWW-Authenticate`
 */
export async function startBlobStore(
  image: BuiltImage | BuiltIndex,
  options: { readonly challenge?: string } = {},
): Promise<
  AsyncDisposable & {
    /** To be put before a digest. */
    readonly address: string;
    readonly requests: readonly LoggedRequest[];
  }
> {
  const requests: LoggedRequest[] = [];
  const blobs = new Map(blobsOf(image).map(({ descriptor, bytes }) => [`/${descriptor.digest}`, bytes]));
  const server = createServer(({ method = 'GET', url = '/', headers }, response) => {
    requests.push({ method, url, authorization: headers.authorization, accept: headers.accept });
    const bytes = blobs.get(url);
    if (options.challenge !== undefined) response.writeHead(401, { 'WWW-Authenticate': options.challenge }).end();
    else if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
