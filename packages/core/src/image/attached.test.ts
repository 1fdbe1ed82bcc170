import type { Diagnostic, Digest } from '@plimsoll/model';
import { buildImage, buildIndex, type MemoryRegistry, startMemoryRegistry } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContext } from '../util/context.ts';
import { isAppError } from '../util/errors.ts';
import { openImage } from './open.ts';
import { unwrap } from './statement.ts';

const app = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a' }] }] });
const arm = buildImage({ layers: [], platform: { os: 'linux', architecture: 'arm64' } });
const base = `sha256:${'b'.repeat(64)}`;
const SLSA = 'https://slsa.dev/provenance/v1';
const provenance = {
  buildDefinition: { resolvedDependencies: [{ uri: 'pkg:docker/debian@12', digest: { sha256: 'b'.repeat(64) } }] },
  runDetails: { builder: { id: 'https://example.org/builder' } },
};
const expected = { builder: 'https://example.org/builder', materials: [{ uri: 'pkg:docker/debian@12', digest: base }] };

const statement = (subject: Digest, predicateType: string = SLSA, predicate: unknown = provenance) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'app', digest: { sha256: subject.slice(7) } }],
  ...{ predicateType, predicate },
});
const envelope = (content: object) => ({
  payloadType: 'application/vnd.in-toto+json',
  payload: Buffer.from(JSON.stringify(content)).toString('base64'),
  signatures: [{ sig: 'AAAA' }],
});
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const bundle = (content: object) => ({ mediaType: BUNDLE, verificationMaterial: {}, dsseEnvelope: envelope(content) });

async function opened(attach: (server: MemoryRegistry) => void, referrers: 'api' | 'tag' = 'api', input = 'team/app:1') {
  const server = await startMemoryRegistry({ referrers });
  server.push('team/app', '1', app);
  attach(server);
  const diagnostics: Diagnostic[] = [];
  const context = createContext({ env: { DOCKER_CONFIG: '/nowhere', HOME: '/nowhere' }, diagnose: (found) => diagnostics.push(found) });
  const image = await openImage(`${server.host}/${input}`, {}, context);
  return {
    image,
    diagnostics,
    server,
    provenance: image.description.provenance,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('provenance that refers to an image', () => {
  it.each([
    [
      'a sigstore bundle, as the actions of GitHub push it',
      BUNDLE,
      bundle(statement(app.digest)),
      { 'dev.sigstore.bundle.predicateType': SLSA },
    ],
    ['a sigstore bundle that does not say what it holds', BUNDLE, bundle(statement(app.digest)), undefined],
    ['a DSSE envelope', 'application/vnd.dsse.envelope.v1+json', envelope(statement(app.digest)), undefined],
    ['a statement', 'application/vnd.in-toto+json', statement(app.digest), { 'in-toto.io/predicate-type': SLSA }],
  ])('%s', async (_, artifactType, content, annotations) => {
    for (const how of ['api', 'tag'] as const) {
      await using found = await opened(
        (server) => server.attach('team/app', app.digest, { artifactType, content, ...(annotations && { annotations }) }),
        how,
      );
      expect(found.provenance).toEqual(expected);
      expect(found.diagnostics).toEqual([]);
    }
  });

  it('as cosign names it: a tag of its own', async () => {
    const tag = `${app.digest.replace(':', '-')}.att`;
    const content = envelope(statement(app.digest));
    const spec = { artifactType: 'application/vnd.dsse.envelope.v1+json', content, tag, annotations: { predicateType: SLSA } };
    await using found = await opened((server) => server.attach('team/app', app.digest, spec), 'tag');
    expect(found.provenance).toEqual(expected);
  });

  it('may speak of the index', async () => {
    const index = buildIndex([app, arm]);
    await using found = await opened(
      (server) => {
        server.push('team/app', '2', index);
        server.attach('team/app', index.digest, { artifactType: BUNDLE, content: bundle(statement(index.digest)) });
      },
      'api',
      'team/app:2',
    );
    expect(found.provenance).toEqual(expected);
  });

  it('gives way to the one in the index', async () => {
    const attested = buildImage({ layers: [], provenance: { materials: [{ uri: 'pkg:docker/alpine@3' }], builder: 'own' } });
    await using found = await opened(
      (server) => {
        server.push('team/app', '3', attested);
        server.attach('team/app', attested.digest, { artifactType: BUNDLE, content: bundle(statement(attested.digest)) });
      },
      'api',
      'team/app:3',
    );
    expect(found.provenance).toMatchObject({ builder: 'own' });
    expect(found.server.requests.some(({ url }) => url.includes('/referrers/'))).toBe(false);
  });

  it.each([
    ['speaks of another image', bundle(statement(arm.digest))],
    ['is malformed', bundle(statement(app.digest, SLSA, { buildDefinition: 7 }))],
    ['holds no JSON', { ...bundle({}), dsseEnvelope: { payloadType: 'application/vnd.in-toto+json', payload: 'AAAA' } }],
    ['holds something else', { ...bundle({}), dsseEnvelope: { payloadType: 'text/html', payload: 'AAAA' } }],
  ])('that %s is said, and the next is read', async (_, content) => {
    const annotations = { 'dev.sigstore.bundle.predicateType': SLSA };
    await using found = await opened((server) => {
      server.attach('team/app', app.digest, { artifactType: BUNDLE, content, annotations });
      server.attach('team/app', app.digest, { artifactType: BUNDLE, content: bundle(statement(app.digest)), annotations });
    });
    expect(found.diagnostics).toMatchObject([{ code: 'ATTESTATION_UNREADABLE' }]);
    expect(found.provenance).toEqual(expected);
  });

  it('is not there: nothing is said, by either kind of registry', async () => {
    for (const how of ['api', 'tag'] as const) {
      await using found = await opened(() => {}, how);
      expect(found.provenance).toBeUndefined();
      expect(found.diagnostics).toEqual([]);
      expect(found.server.requests.length).toBeLessThan(7);
    }
  });
});

describe('what is attached', () => {
  const SPDX = 'https://spdx.dev/Document';

  it('is listed by kind; an SBOM is read out of its envelopes, a signature is not read', async () => {
    const sbom = { spdxVersion: 'SPDX-2.3', packages: [] };
    await using found = await opened((server) => {
      const about = (artifactType: string, content: object, annotations?: Record<string, string>) =>
        server.attach('team/app', app.digest, { artifactType, content, ...(annotations && { annotations }) });
      about(BUNDLE, bundle(statement(app.digest, SPDX, sbom)), { 'dev.sigstore.bundle.predicateType': SPDX });
      about('application/vnd.cyclonedx+json', { bomFormat: 'CycloneDX' });
      about('application/vnd.cncf.notary.signature', { not: 'read' });
      about(BUNDLE, bundle(statement(app.digest, 'https://openvex.dev/ns/v0.2.0', {})), {
        'dev.sigstore.bundle.predicateType': 'https://openvex.dev/ns/v0.2.0',
      });
      about('application/of-mine', { a: 1 });
    });
    const attached = await found.image.attached();
    expect(attached.map(({ kind, from }) => [kind, from])).toEqual([
      ['sbom', 'referrer'],
      ['sbom', 'referrer'],
      ['signature', 'referrer'],
      ['vex', 'referrer'],
      ['other', 'referrer'],
    ]);
    expect(await attached[0]?.read()).toMatchObject({ predicateType: SPDX, predicate: sbom });
    expect(await attached[1]?.read()).toEqual({ predicate: { bomFormat: 'CycloneDX' }, subjects: [] });
  });

  it('in the index comes first', async () => {
    const attested = buildImage({ layers: [], provenance: { materials: [] } });
    await using found = await opened(
      (server) => {
        server.push('team/app', '3', attested);
        server.attach('team/app', attested.digest, { artifactType: 'application/spdx+json', content: {} });
      },
      'tag',
      'team/app:3',
    );
    expect((await found.image.attached()).map(({ kind, from }) => [kind, from])).toEqual([
      ['provenance', 'index'],
      ['sbom', 'referrer'],
    ]);
  });

  it('has an end, however much there is', async () => {
    await using found = await opened((server) => {
      for (let i = 0; i < 100; i += 1) server.attach('team/app', app.digest, { artifactType: 'application/of-mine', content: { i } });
    });
    expect((await found.image.attached()).length).toBeLessThanOrEqual(32);
  });

  it('is nothing where a source knows of nothing', async () => {
    await using found = await opened(() => {});
    expect(await found.image.attached()).toEqual([]);
  });
});

describe('a list of referrers that is none', () => {
  it.each([['[]'], ['{"manifests":7}'], ['<html>'], ['{"schemaVersion":2}']])('%s is no fault of the image', async (body) => {
    await using server = await startMemoryRegistry();
    const at = server.push('team/app', '1', app);
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input).includes('/referrers/') ? new Response(body) : globalThis.fetch(input, init);
    const diagnostics: Diagnostic[] = [];
    const context = createContext({
      env: { DOCKER_CONFIG: '/nowhere', HOME: '/nowhere' },
      fetch,
      diagnose: (found) => diagnostics.push(found),
    });
    await using image = await openImage(at, {}, context);
    expect(image.description.digest).toBe(app.digest);
    expect(diagnostics).toEqual([]);
  });
});

describe('unwrapping', () => {
  it('takes a document as it is where nothing is around it', () => {
    expect(unwrap({ bomFormat: 'CycloneDX' })).toEqual({ predicate: { bomFormat: 'CycloneDX' }, subjects: [] });
    expect(unwrap(null)).toEqual({ predicate: null, subjects: [] });
  });

  it('takes anything, and throws nothing but what a user is told', () => {
    const inner = fc.oneof(fc.jsonValue(), fc.record({ predicateType: fc.string(), predicate: fc.jsonValue(), subject: fc.jsonValue() }));
    const wrapped = inner.chain((value) =>
      fc.constantFrom<unknown>(
        value,
        { payload: Buffer.from(JSON.stringify(value)).toString('base64'), payloadType: 'application/vnd.in-toto+json' },
        { payload: JSON.stringify(value), payloadType: 'x' },
        { dsseEnvelope: value },
      ),
    );
    fc.assert(
      fc.property(wrapped, (value) => {
        try {
          const { subjects } = unwrap(value);
          return Array.isArray(subjects);
        } catch (error) {
          return isAppError(error);
        }
      }),
    );
  });

  it('has a bound', () => {
    const payload = 'A'.repeat(13_000_000);
    expect(() => unwrap({ payloadType: 'application/json', payload })).toThrow(/more than/);
  });
});
