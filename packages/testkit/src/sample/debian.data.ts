import { rows, upgraded } from './rows.ts';

/** What `debian:12-slim` held in September 2023. */
export const slimOld = rows(`
  adduser 3.134
  apt 2.6.1
  base-files 12.4+deb12u1
  base-passwd 3.6.1
  bash 5.2.15-2+b2 bash@5.2.15-2
  bsdutils 1:2.38.1-5+b1 util-linux@2.38.1-5
  coreutils 9.1-1
  dash 0.5.12-2
  debconf 1.5.82
  debian-archive-keyring 2023.3
  debianutils 5.7-0.4
  diffutils 1:3.8-4
  dpkg 1.21.22
  e2fsprogs 1.47.0-2
  findutils 4.9.0-4
  gcc-12-base 12.2.0-14 gcc-12
  gpgv 2.2.40-1.1 gnupg2
  grep 3.8-5
  gzip 1.12-1
  hostname 3.23+nmu1
  init-system-helpers 1.65.2
  libacl1 2.3.1-3 acl
  libapt-pkg6.0 2.6.1 apt
  libattr1 1:2.5.1-4 attr
  libaudit-common 1:3.0.9-1 audit
  libaudit1 1:3.0.9-1 audit
  libblkid1 2.38.1-5+b1 util-linux@2.38.1-5
  libbz2-1.0 1.0.8-5+b1 bzip2@1.0.8-5
  libc-bin 2.36-9+deb12u1 glibc
  libc6 2.36-9+deb12u1 glibc
  libcap-ng0 0.8.3-1+b3 libcap-ng@0.8.3-1
  libcap2 1:2.66-4 libcap2
  libcom-err2 1.47.0-2 e2fsprogs
  libcrypt1 1:4.4.33-2 libxcrypt
  libdb5.3 5.3.28+dfsg2-1 db5.3
  libdebconfclient0 0.270 cdebconf
  libext2fs2 1.47.0-2 e2fsprogs
  libffi8 3.4.4-1 libffi
  libgcc-s1 12.2.0-14 gcc-12
  libgcrypt20 1.10.1-3
  libgmp10 2:6.2.1+dfsg1-1.1 gmp
  libgnutls30 3.7.9-2 gnutls28
  libgpg-error0 1.46-1 libgpg-error
  libhogweed6 3.8.1-2 nettle
  libidn2-0 2.3.3-1+b1 libidn2@2.3.3-1
  liblz4-1 1.9.4-1 lz4
  liblzma5 5.4.1-0.2 xz-utils
  libmd0 1.0.4-2 libmd
  libmount1 2.38.1-5+b1 util-linux@2.38.1-5
  libnettle8 3.8.1-2 nettle
  libp11-kit0 0.24.1-2 p11-kit
  libpam-modules 1.5.2-6 pam
  libpam-modules-bin 1.5.2-6 pam
  libpam-runtime 1.5.2-6 pam
  libpam0g 1.5.2-6 pam
  libpcre2-8-0 10.42-1 pcre2
  libseccomp2 2.5.4-1+b3 libseccomp@2.5.4-1
  libselinux1 3.4-1+b6 libselinux@3.4-1
  libsemanage-common 3.4-1 libsemanage
  libsemanage2 3.4-1+b5 libsemanage@3.4-1
  libsepol2 3.4-2.1 libsepol
  libsmartcols1 2.38.1-5+b1 util-linux@2.38.1-5
  libss2 1.47.0-2 e2fsprogs
  libstdc++6 12.2.0-14 gcc-12
  libsystemd0 252.12-1~deb12u1 systemd
  libtasn1-6 4.19.0-2
  libtinfo6 6.4-4 ncurses
  libudev1 252.12-1~deb12u1 systemd
  libunistring2 1.0-2 libunistring
  libuuid1 2.38.1-5+b1 util-linux@2.38.1-5
  libxxhash0 0.8.1-1 xxhash
  libzstd1 1.5.4+dfsg2-5 libzstd
  login 1:4.13+dfsg1-1+b1 shadow@1:4.13+dfsg1-1
  logsave 1.47.0-2 e2fsprogs
  mawk 1.3.4.20200120-3.1
  mount 2.38.1-5+b1 util-linux@2.38.1-5
  ncurses-base 6.4-4 ncurses
  ncurses-bin 6.4-4 ncurses
  passwd 1:4.13+dfsg1-1+b1 shadow@1:4.13+dfsg1-1
  perl-base 5.36.0-7 perl
  sed 4.9-1
  sysvinit-utils 3.06-4 sysvinit
  tar 1.34+dfsg-1.2
  tzdata 2023c-5
  usr-is-merged 37~deb12u1 usrmerge
  util-linux 2.38.1-5+b1 util-linux@2.38.1-5
  util-linux-extra 2.38.1-5+b1 util-linux@2.38.1-5
  zlib1g 1:1.2.13.dfsg-1 zlib
`);

/** The same in December 2024, with a year of security updates. */
export const slimNew = upgraded(
  slimOld,
  rows(`
  base-files 12.4+deb12u8
  bash 5.2.15-2+b7 bash@5.2.15-2
  bsdutils 1:2.38.1-5+deb12u1 util-linux@2.38.1-5+deb12u1
  debian-archive-keyring 2023.3+deb12u1
  debianutils 5.7-0.5~deb12u1
  libblkid1 2.38.1-5+deb12u1 util-linux
  libc-bin 2.36-9+deb12u9 glibc
  libc6 2.36-9+deb12u9 glibc
  libdb5.3 5.3.28+dfsg2-1 db5.3
  libgnutls30 3.7.9-2+deb12u3 gnutls28
  libmount1 2.38.1-5+deb12u1 util-linux
  libpam-modules 1.5.2-6+deb12u1 pam
  libpam-modules-bin 1.5.2-6+deb12u1 pam
  libpam-runtime 1.5.2-6+deb12u1 pam
  libpam0g 1.5.2-6+deb12u1 pam
  libseccomp2 2.5.4-1+deb12u1 libseccomp
  libsmartcols1 2.38.1-5+deb12u1 util-linux
  libsystemd0 252.31-1~deb12u1 systemd
  libudev1 252.31-1~deb12u1 systemd
  libuuid1 2.38.1-5+deb12u1 util-linux
  mount 2.38.1-5+deb12u1 util-linux
  perl-base 5.36.0-7+deb12u1 perl
  tar 1.34+dfsg-1.2+deb12u1
  tzdata 2024b-0+deb12u1
  util-linux 2.38.1-5+deb12u1 util-linux
  util-linux-extra 2.38.1-5+deb12u1 util-linux
`),
);

/** What `python:3.12-slim` adds first. */
export const certificates = rows(`
  ca-certificates 20230311
  netbase 6.4
  openssl 3.0.9-1
  libssl3 3.0.9-1 openssl
`);

/** Libraries that CPython is linked with. */
export const pythonLibraries = rows(`
  libexpat1 2.5.0-1 expat
  libgdbm6 1.23-3 gdbm
  libgssapi-krb5-2 1.20.1-2 krb5
  libk5crypto3 1.20.1-2 krb5
  libkeyutils1 1.6.3-2 keyutils
  libkrb5-3 1.20.1-2 krb5
  libkrb5support0 1.20.1-2 krb5
  libncursesw6 6.4-4 ncurses
  libnsl2 1.3.0-2 libnsl
  libreadline8 8.2-1.3 readline
  libsqlite3-0 3.40.1-2 sqlite3
  libtirpc-common 1.3.3+ds-1 libtirpc
  libtirpc3 1.3.3+ds-1 libtirpc
  media-types 10.0.0
  readline-common 8.2-1.3 readline
`);

export const certificatesNew = upgraded(
  certificates,
  rows(`
  openssl 3.0.15-1~deb12u1
  libssl3 3.0.15-1~deb12u1 openssl
`),
);

export const pythonLibrariesNew = upgraded(
  pythonLibraries,
  rows(`
  libexpat1 2.5.0-1+deb12u1 expat
  libgssapi-krb5-2 1.20.1-2+deb12u2 krb5
  libk5crypto3 1.20.1-2+deb12u2 krb5
  libkrb5-3 1.20.1-2+deb12u2 krb5
  libkrb5support0 1.20.1-2+deb12u2 krb5
  libsqlite3-0 3.40.1-2+deb12u1 sqlite3
`),
);

/** What the shop's API installs for itself. */
export const apiLibraries = rows(`
  curl 7.88.1-10+deb12u3
  libbrotli1 1.0.9-2+b6 brotli@1.0.9-2
  libcurl4 7.88.1-10+deb12u3 curl
  libicu72 72.1-3 icu
  libldap-2.5-0 2.5.13+dfsg-5 openldap
  libnghttp2-14 1.52.0-1 nghttp2
  libpq5 15.3-0+deb12u1 postgresql-15
  libpsl5 0.21.2-1 libpsl
  librtmp1 2.4+20151223.gitfa8646d.1-2+b2 rtmpdump@2.4+20151223.gitfa8646d.1-2
  libsasl2-2 2.1.28+dfsg-10 cyrus-sasl2
  libsasl2-modules-db 2.1.28+dfsg-10 cyrus-sasl2
  libssh2-1 1.10.0-3+b1 libssh2@1.10.0-3
  libxml2 2.9.14+dfsg-1.3~deb12u1
`);

export const apiLibrariesNew = upgraded(
  apiLibraries,
  rows(`
  curl 7.88.1-10+deb12u8
  libcurl4 7.88.1-10+deb12u8 curl
  libnghttp2-14 1.52.0-1+deb12u2 nghttp2
  libpq5 15.10-0+deb12u1 postgresql-15
`),
);
