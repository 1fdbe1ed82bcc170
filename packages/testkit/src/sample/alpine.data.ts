import { rows, upgraded } from './rows.ts';

/** Alpine 3.17.0. */
export const alpineOld = rows(`
  alpine-baselayout 3.4.0-r0
  alpine-baselayout-data 3.4.0-r0 alpine-baselayout
  alpine-keys 2.4-r1
  apk-tools 2.12.10-r1
  busybox 1.35.0-r29
  busybox-binsh 1.35.0-r29 busybox
  ca-certificates-bundle 20220614-r2 ca-certificates
  libc-utils 0.7.2-r3 libc-dev
  libcrypto3 3.0.7-r0 openssl
  libssl3 3.0.7-r0 openssl
  musl 1.2.3-r4
  musl-utils 1.2.3-r4 musl
  scanelf 1.3.5-r1 pax-utils
  ssl_client 1.35.0-r29 busybox
  zlib 1.2.13-r0
`);

/** Alpine 3.17.2. */
export const alpineNew = upgraded(
  alpineOld,
  rows(`
  ca-certificates-bundle 20220614-r4 ca-certificates
  libcrypto3 3.0.8-r0 openssl
  libssl3 3.0.8-r0 openssl
`),
);

/** What `node:18-alpine` installs. */
export const nodeLibraries = rows(`
  libgcc 12.2.1_git20220924-r4 gcc
  libstdc++ 12.2.1_git20220924-r4 gcc
`);

/** What comes with npm 8.19.2. */
export const npmOld = rows(`
  npm 8.19.2
  @npmcli/arborist 5.6.2
  @npmcli/config 4.2.2
  @npmcli/run-script 4.2.1
  abbrev 1.1.1
  agentkeepalive 4.2.1
  brace-expansion 2.0.1
  cacache 16.1.3
  chalk 4.1.2
  cli-table3 0.6.2
  debug 4.3.4
  glob 8.0.3
  graceful-fs 4.2.10
  hosted-git-info 5.1.0
  http-cache-semantics 4.1.0
  ini 3.0.1
  ip 2.0.0
  lru-cache 7.13.2
  make-fetch-happen 10.2.1
  minimatch 5.1.0
  minipass 3.3.4
  mkdirp 1.0.4
  ms 2.1.3
  node-gyp 9.1.0
  nopt 6.0.0
  npmlog 6.0.2
  pacote 13.6.2
  rimraf 3.0.2
  semver 7.3.7
  socks 2.7.0
  ssri 9.0.1
  tar 6.1.11
  which 2.0.2
  write-file-atomic 4.0.2
  yallist 4.0.0
`);

/** What comes with npm 9.5.0. */
export const npmNew = upgraded(
  npmOld,
  rows(`
  npm 9.5.0
  @npmcli/arborist 6.2.2
  @npmcli/config 6.1.3
  cacache 17.0.4
  glob 8.1.0
  http-cache-semantics 4.1.1
  minimatch 6.1.6
  minipass 4.0.3
  semver 7.3.8
  tar 6.1.13
`),
);
