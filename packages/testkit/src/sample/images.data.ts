import { alpineNew, alpineOld, nodeLibraries, npmNew, npmOld } from './alpine.data.ts';
import {
  apiLibraries,
  apiLibrariesNew,
  certificates,
  certificatesNew,
  pythonLibraries,
  pythonLibrariesNew,
  slimNew,
  slimOld,
} from './debian.data.ts';
import { adminModules, adminModulesNew, apiPython, apiPythonNew, buildModules, webModules } from './language.data.ts';
import { rows } from './rows.ts';
import type { SampleImage, SampleStep } from './types.ts';

const PATH = 'PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function debian(id: string, shelf: string, created: string, packages: SampleImage['steps'][number]['deb'] & {}): SampleImage {
  return {
    id,
    name: 'docker.io/library/debian:12-slim',
    shelf,
    created,
    cmd: ['bash'],
    steps: [
      {
        createdBy: '/bin/sh -c #(nop) ADD file:85db4f4c5016a51e4b2f3d22f4a0a4ad1a9ba7a3b5f6d1e4a6b9c4c2d1e0f3a5 in / ',
        files: {
          'etc/debian_version': '12\n',
          'usr/lib/os-release': [
            'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
            'NAME="Debian GNU/Linux"',
            'VERSION_ID="12"',
            'VERSION="12 (bookworm)"',
            'VERSION_CODENAME=bookworm',
            'ID=debian',
            'HOME_URL="https://www.debian.org/"',
            '',
          ].join('\n'),
        },
        deb: packages,
        filler: { 'usr/lib/x86_64-linux-gnu/libraries': 21, 'usr/share/data': 8 },
      },
      { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' },
    ],
  };
}

function python(
  id: string,
  shelf: string,
  on: string,
  release: { readonly created: string; readonly version: string; readonly pip: string; readonly gpgKey: string },
  packages: {
    readonly certificates: SampleImage['steps'][number]['deb'] & {};
    readonly libraries: SampleImage['steps'][number]['deb'] & {};
  },
): SampleImage {
  const line = release.version.replace(/\.\d+$/, '');
  return {
    id,
    name: `docker.io/library/python:${line}-slim`,
    shelf,
    created: release.created,
    on,
    env: [PATH, 'LANG=C.UTF-8', `GPG_KEY=${release.gpgKey}`, `PYTHON_VERSION=${release.version}`],
    cmd: ['python3'],
    steps: [
      { createdBy: `/bin/sh -c #(nop)  ENV ${PATH}` },
      { createdBy: '/bin/sh -c #(nop)  ENV LANG=C.UTF-8' },
      {
        createdBy:
          '/bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tca-certificates \t\tnetbase \t\ttzdata \t; \trm -rf /var/lib/apt/lists/*',
        deb: packages.certificates,
        filler: { 'etc/ssl/certs/ca-certificates.crt': 3.3 },
      },
      { createdBy: `/bin/sh -c #(nop)  ENV GPG_KEY=${release.gpgKey}` },
      { createdBy: `/bin/sh -c #(nop)  ENV PYTHON_VERSION=${release.version}` },
      {
        createdBy:
          '/bin/sh -c set -eux; \t\tsavedAptMark="$(apt-mark showmanual)"; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tdpkg-dev \t\tgcc \t\tlibbz2-dev \t\tlibexpat1-dev \t\tlibssl-dev \t\tmake \t\tzlib1g-dev \t; \t\twget -O python.tar.xz "$PYTHON_URL/$PYTHON_VERSION/Python-$PYTHON_VERSION.tar.xz"; \t./configure --enable-optimizations; \tmake -j "$(nproc)"; \tmake install; \tpython3 --version',
        deb: packages.libraries,
        filler: { [`usr/local/lib/libpython${line}.so.1.0`]: 8, [`usr/local/lib/python${line}/library`]: 4.5 },
      },
      {
        createdBy:
          '/bin/sh -c set -eux; \tfor src in idle3 pydoc3 python3 python3-config; do \t\tdst="$(echo "$src" | tr -d 3)"; \t\tln -svT "$src" "/usr/local/bin/$dst"; \tdone',
        files: { 'usr/local/bin/python.link': 'python3\n' },
      },
      { createdBy: `/bin/sh -c #(nop)  ENV PYTHON_PIP_VERSION=${release.pip}` },
      {
        createdBy:
          '/bin/sh -c set -eux; \twget -O get-pip.py "$PYTHON_GET_PIP_URL"; \tpython get-pip.py --disable-pip-version-check --no-cache-dir "pip==$PYTHON_PIP_VERSION"; \trm -f get-pip.py; \tpip --version',
        pypi: rows(`pip ${release.pip}`),
        python: line,
        filler: { [`usr/local/lib/python${line}/site-packages/pip/vendored`]: 2.7 },
      },
      { createdBy: '/bin/sh -c #(nop)  CMD ["python3"]' },
    ],
  };
}

function alpine(
  id: string,
  shelf: string,
  created: string,
  version: string,
  packages: SampleImage['steps'][number]['apk'] & {},
): SampleImage {
  return {
    id,
    name: 'docker.io/library/alpine:3.17',
    shelf,
    created,
    cmd: ['/bin/sh'],
    steps: [
      {
        createdBy: '/bin/sh -c #(nop) ADD file:e4d600fc4c9c293efe360be7b30ee96579925d1b4634c94332e2ec73f7d8eca1 in / ',
        files: {
          'etc/alpine-release': `${version}\n`,
          'etc/os-release': `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v3.17"\nHOME_URL="https://alpinelinux.org/"\n`,
        },
        apk: packages,
        filler: { 'lib/libcrypto.so.3': 3.2 },
      },
      { createdBy: '/bin/sh -c #(nop)  CMD ["/bin/sh"]' },
    ],
  };
}

function node(
  id: string,
  shelf: string,
  on: string,
  created: string,
  version: string,
  npm: SampleImage['steps'][number]['deb'] & {},
): SampleImage {
  return {
    id,
    name: 'docker.io/library/node:18-alpine',
    shelf,
    created,
    on,
    env: [PATH, `NODE_VERSION=${version}`, 'YARN_VERSION=1.22.19'],
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['node'],
    steps: [
      { createdBy: `/bin/sh -c #(nop)  ENV NODE_VERSION=${version}` },
      {
        createdBy:
          '/bin/sh -c addgroup -g 1000 node     && adduser -u 1000 -G node -s /bin/sh -D node     && apk add --no-cache         libstdc++     && apk add --no-cache --virtual .build-deps         curl     && curl -fsSLO --compressed "$NODE_URL/v$NODE_VERSION/node-v$NODE_VERSION-linux-x64-musl.tar.xz"     && apk del .build-deps     && node --version     && npm --version',
        apk: nodeLibraries,
        npm: { folder: 'usr/local/lib/node_modules/npm', packages: npm.filter(({ name }) => name !== 'npm') },
        files: moduleFile('usr/local/lib', npm.find(({ name }) => name === 'npm')?.version ?? ''),
        filler: { 'usr/local/bin/node': 41 },
      },
      { createdBy: '/bin/sh -c #(nop)  ENV YARN_VERSION=1.22.19' },
      {
        createdBy:
          '/bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl gnupg tar   && curl -fsSLO --compressed "$YARN_URL/yarn-v$YARN_VERSION.tar.gz"   && tar -xzf yarn-v$YARN_VERSION.tar.gz -C /opt/   && apk del .build-deps-yarn   && yarn --version',
        filler: { 'opt/yarn-v1.22.19/lib/cli.js': 2.3 },
      },
      { createdBy: '/bin/sh -c #(nop) COPY file:4d192565a7220e135cab6c77fbc1c73211b69f3d9fb37e62857b2c6eb9363d51 in /usr/local/bin/ ' },
      { createdBy: '/bin/sh -c #(nop)  ENTRYPOINT ["docker-entrypoint.sh"]' },
      { createdBy: '/bin/sh -c #(nop)  CMD ["node"]' },
    ],
  };
}

function moduleFile(folder: string, version: string): Readonly<Record<string, string>> {
  return { [`${folder}/node_modules/npm/package.json`]: `${JSON.stringify({ name: 'npm', version, license: 'Artistic-2.0' })}\n` };
}

const apiSteps: readonly SampleStep[] = [
  { createdBy: 'ENV PYTHONUNBUFFERED=1' },
  { createdBy: 'WORKDIR /app', files: { 'app/.keep': '' } },
  {
    createdBy:
      'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl libpq5 libxml2 && rm -rf /var/lib/apt/lists/* # buildkit',
    deb: apiLibraries,
    filler: { 'usr/lib/x86_64-linux-gnu/libicudata.so.72': 11.5 },
  },
  {
    createdBy: 'COPY requirements.txt ./ # buildkit',
    files: { 'app/requirements.txt': 'Django==4.2.5\nPillow==10.0.0\nrequests==2.28.2\n' },
  },
  {
    createdBy: 'RUN /bin/sh -c pip install -r requirements.txt # buildkit',
    pypi: apiPython,
    filler: { 'usr/local/lib/python3.12/site-packages/compiled': 17, 'root/.cache/pip/http/archive': 12.6 },
  },
  {
    createdBy: 'COPY --from=assets /build /app/assets # buildkit',
    npm: { folder: 'app/assets', packages: [...adminModules, ...buildModules] },
    filler: { 'app/assets/bundle.js': 6.2 },
  },
  { createdBy: 'RUN /bin/sh -c rm -rf /root/.cache/pip # buildkit', removes: ['root/.cache/pip'] },
  {
    createdBy: 'RUN /bin/sh -c pip install --no-cache-dir --upgrade requests==2.31.0 # buildkit',
    pypi: rows('requests 2.31.0'),
  },
  {
    createdBy: 'RUN /bin/sh -c apt-get update && apt-get install -y --only-upgrade openssl libssl3 # buildkit',
    deb: rows(`
      openssl 3.0.11-1~deb12u1
      libssl3 3.0.11-1~deb12u1 openssl
    `),
    filler: { 'usr/lib/x86_64-linux-gnu/libcrypto.so.3': 1.9 },
  },
  {
    createdBy: 'RUN /bin/sh -c cd assets && npm prune --omit=dev # buildkit',
    removes: buildModules.map(({ name }) => `app/assets/node_modules/${name}`),
  },
  { createdBy: 'COPY . . # buildkit', files: { 'app/manage.py': '#!/usr/bin/env python3\n' }, filler: { 'app/shop/static': 1.1 } },
  { createdBy: 'EXPOSE map[8000/tcp:{}]' },
  { createdBy: 'USER 1000' },
  { createdBy: 'ENTRYPOINT ["gunicorn" "shop.wsgi"]' },
];

const apiNewSteps: readonly SampleStep[] = [
  { createdBy: 'ENV PYTHONUNBUFFERED=1' },
  { createdBy: 'WORKDIR /app', files: { 'app/.keep': '' } },
  {
    createdBy:
      'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl libpq5 libxml2 && rm -rf /var/lib/apt/lists/* # buildkit',
    deb: apiLibrariesNew,
    filler: { 'usr/lib/x86_64-linux-gnu/libicudata.so.72': 11.5 },
  },
  {
    createdBy: 'COPY requirements.txt ./ # buildkit',
    files: { 'app/requirements.txt': 'Django==4.2.16\nPillow==10.4.0\nrequests==2.32.3\n' },
  },
  {
    createdBy: 'RUN /bin/sh -c pip install --no-cache-dir -r requirements.txt # buildkit',
    pypi: apiPythonNew,
    filler: { 'usr/local/lib/python3.12/site-packages/compiled': 18 },
  },
  {
    createdBy: 'COPY --from=assets /build /app/assets # buildkit',
    npm: { folder: 'app/assets', packages: [...adminModulesNew, ...rows('cross-spawn 7.0.3')] },
    filler: { 'app/assets/bundle.js': 5.4 },
  },
  { createdBy: 'COPY . . # buildkit', files: { 'app/manage.py': '#!/usr/bin/env python3\n' }, filler: { 'app/shop/static': 1.2 } },
  { createdBy: 'EXPOSE map[8000/tcp:{}]' },
  { createdBy: 'USER 1000' },
  { createdBy: 'ENTRYPOINT ["gunicorn" "shop.wsgi"]' },
];

const webSteps: readonly SampleStep[] = [
  { createdBy: 'WORKDIR /srv', files: { 'srv/.keep': '' } },
  {
    createdBy: 'COPY package.json package-lock.json ./ # buildkit',
    files: { 'srv/package.json': '{"name":"shop-web","version":"1.8.0","private":true}\n' },
  },
  {
    createdBy: 'RUN /bin/sh -c npm ci --omit=dev # buildkit',
    npm: { folder: 'srv', packages: webModules },
    filler: { 'root/.npm/_cacache/content': 4.8, 'srv/node_modules/.package-lock.json': 0.1 },
  },
  { createdBy: 'RUN /bin/sh -c npm cache clean --force # buildkit', removes: ['root/.npm'] },
  { createdBy: 'COPY . . # buildkit', files: { 'srv/server.js': 'require("express")().listen(8080);\n' }, filler: { 'srv/public': 2.4 } },
  { createdBy: 'USER node' },
  { createdBy: 'CMD ["node" "server.js"]' },
];

const GPG_KEY = '7169605F62C751356D054A26A821E680E5FA6305';

/** The sample fleet, earliest first, so that a tag that moved is seen to move. */
export const sampleImages: readonly SampleImage[] = [
  alpine('alpine-old', '2022-11', '2022-11-22T22:19:29Z', '3.17.0', alpineOld),
  node('node-old', '2022-11', 'alpine-old', '2022-11-23T01:12:40Z', '18.12.1', npmOld),
  {
    id: 'web-1.8',
    name: 'registry.local/shop/web:1.8',
    shelf: '2022-11',
    created: '2022-12-05T09:41:12Z',
    on: 'node-old',
    steps: webSteps,
    env: [PATH, 'NODE_VERSION=18.12.1', 'YARN_VERSION=1.22.19'],
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['node', 'server.js'],
    user: 'node',
    labels: { 'org.opencontainers.image.title': 'shop-web', 'org.opencontainers.image.version': '1.8.0' },
  },
  alpine('alpine-new', '2023-02', '2023-02-11T04:46:42Z', '3.17.2', alpineNew),
  node('node-new', '2023-02', 'alpine-new', '2023-02-22T02:10:05Z', '18.14.2', npmNew),
  debian('debian-old', '2023-10', '2023-09-20T04:52:55Z', slimOld),
  python(
    'python-old',
    '2023-10',
    'debian-old',
    { created: '2023-10-03T01:23:45Z', version: '3.12.0', pip: '23.2.1', gpgKey: GPG_KEY },
    { certificates, libraries: pythonLibraries },
  ),
  {
    id: 'api-2.4',
    name: 'registry.local/shop/api:2.4',
    shelf: '2023-10',
    created: '2023-10-09T15:03:27Z',
    on: 'python-old',
    steps: apiSteps,
    env: [PATH, 'LANG=C.UTF-8', 'PYTHON_VERSION=3.12.0', 'PYTHONUNBUFFERED=1'],
    entrypoint: ['gunicorn', 'shop.wsgi'],
    user: '1000',
    labels: { 'org.opencontainers.image.title': 'shop-api', 'org.opencontainers.image.version': '2.4.0' },
    provenance: true,
  },
  debian('debian-new', '2024-12', '2024-12-02T00:00:00Z', slimNew),
  python(
    'python-new',
    '2024-12',
    'debian-new',
    { created: '2024-12-03T18:20:11Z', version: '3.12.8', pip: '24.3.1', gpgKey: GPG_KEY },
    { certificates: certificatesNew, libraries: pythonLibrariesNew },
  ),
  python(
    'python-3.13',
    '2024-12',
    'debian-new',
    { created: '2024-12-03T18:20:11Z', version: '3.13.1', pip: '24.3.1', gpgKey: GPG_KEY },
    { certificates: certificatesNew, libraries: pythonLibrariesNew },
  ),
  python(
    'python-3.11',
    '2024-12',
    'debian-new',
    { created: '2024-12-03T18:20:11Z', version: '3.11.11', pip: '24.0', gpgKey: 'A035C8C19219BA821ECEA86B64E628F8D684696D' },
    { certificates: certificatesNew, libraries: pythonLibrariesNew },
  ),
  {
    id: 'api-2.5',
    name: 'registry.local/shop/api:2.5',
    shelf: '2024-12',
    created: '2024-12-09T11:30:02Z',
    on: 'python-new',
    steps: apiNewSteps,
    env: [PATH, 'LANG=C.UTF-8', 'PYTHON_VERSION=3.12.8', 'PYTHONUNBUFFERED=1'],
    entrypoint: ['gunicorn', 'shop.wsgi'],
    user: '1000',
    labels: { 'org.opencontainers.image.title': 'shop-api', 'org.opencontainers.image.version': '2.5.0' },
  },
];
