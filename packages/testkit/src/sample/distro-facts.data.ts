/** A vulnerability of a distribution's source package, as its security team and NVD state it. */
export interface DistroFact {
  readonly id: string;
  readonly source: string;
  /** First version without it; absent where the release has none. */
  readonly fixed?: string;
  /** The tracker's word where it says that no fix is to come. */
  readonly nodsa?: 'ignored' | 'postponed';
  readonly urgency?: 'unimportant' | 'low';
  /** CVSS 3.1 base vector without its prefix. */
  readonly vector?: string;
  readonly text: string;
}

const CRASH = 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H';
const SLOW = 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L';
const LEAK = 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';
const OWN = 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const LOCAL_ROOT = 'AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H';

/** Debian 12. */
export const debianFacts: readonly DistroFact[] = [
  {
    id: 'CVE-2023-4911',
    source: 'glibc',
    fixed: '2.36-9+deb12u3',
    vector: LOCAL_ROOT,
    text: 'A long GLIBC_TUNABLES variable overflows a buffer of the dynamic loader; a local user becomes root.',
  },
  {
    id: 'CVE-2023-6246',
    source: 'glibc',
    fixed: '2.36-9+deb12u4',
    vector: LOCAL_ROOT,
    text: 'syslog() overflows the heap when the program name is very long.',
  },
  {
    id: 'CVE-2024-2961',
    source: 'glibc',
    fixed: '2.36-9+deb12u6',
    vector: 'AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:H',
    text: 'iconv() writes up to four bytes past its buffer when it converts to ISO-2022-CN-EXT.',
  },
  {
    id: 'CVE-2023-4806',
    source: 'glibc',
    fixed: '2.36-9+deb12u2',
    vector: 'AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H',
    text: 'getaddrinfo() may read freed memory with a rarely used name service plugin.',
  },
  {
    id: 'CVE-2025-0395',
    source: 'glibc',
    fixed: '2.36-9+deb12u10',
    text: 'A failed assertion with a long program name writes past its buffer.',
  },
  {
    id: 'CVE-2023-3446',
    source: 'openssl',
    fixed: '3.0.10-1~deb12u1',
    vector: SLOW,
    text: 'Checking an oversized DH key takes very long.',
  },
  {
    id: 'CVE-2023-3817',
    source: 'openssl',
    fixed: '3.0.10-1~deb12u1',
    vector: SLOW,
    text: 'Checking a DH key with a large q value takes very long.',
  },
  {
    id: 'CVE-2023-2975',
    source: 'openssl',
    fixed: '3.0.10-1~deb12u1',
    vector: 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:N',
    text: 'AES-SIV leaves empty associated data out of the authentication.',
  },
  {
    id: 'CVE-2023-5363',
    source: 'openssl',
    fixed: '3.0.11-1~deb12u2',
    vector: LEAK,
    text: 'A changed key or IV length is taken over too late for some ciphers.',
  },
  {
    id: 'CVE-2023-5678',
    source: 'openssl',
    fixed: '3.0.13-1~deb12u1',
    vector: SLOW,
    text: 'Making or checking X9.42 DH keys with large parameters takes very long.',
  },
  {
    id: 'CVE-2024-5535',
    source: 'openssl',
    fixed: '3.0.15-1~deb12u1',
    vector: 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H',
    text: 'SSL_select_next_proto() reads past its buffer when the list of protocols is empty.',
  },
  {
    id: 'CVE-2024-6119',
    source: 'openssl',
    fixed: '3.0.14-1~deb12u2',
    vector: LEAK,
    text: 'Comparing the names of a certificate may read an invalid address.',
  },
  {
    id: 'CVE-2024-13176',
    source: 'openssl',
    fixed: '3.0.16-1~deb12u1',
    text: 'The time an ECDSA signature takes tells something of its nonce.',
  },
  {
    id: 'CVE-2023-36054',
    source: 'krb5',
    fixed: '1.20.1-2+deb12u1',
    vector: 'AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H',
    text: 'kadmind frees a pointer that was never set and crashes.',
  },
  {
    id: 'CVE-2024-37371',
    source: 'krb5',
    fixed: '1.20.1-2+deb12u2',
    vector: 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H',
    text: 'GSS message tokens with wrong length fields make it read invalid memory.',
  },
  {
    id: 'CVE-2025-24528',
    source: 'krb5',
    fixed: '1.20.1-2+deb12u3',
    text: 'kadmind may write past its buffer when incremental propagation is on.',
  },
  {
    id: 'CVE-2024-0553',
    source: 'gnutls28',
    fixed: '3.7.9-2+deb12u2',
    vector: LEAK,
    text: 'RSA-PSK answers differ in time, which gives away the premaster secret.',
  },
  {
    id: 'CVE-2024-0567',
    source: 'gnutls28',
    fixed: '3.7.9-2+deb12u2',
    vector: CRASH,
    text: 'A chain of certificates that sign each other makes the check crash.',
  },
  {
    id: 'CVE-2024-28834',
    source: 'gnutls28',
    fixed: '3.7.9-2+deb12u3',
    vector: 'AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N',
    text: 'Deterministic ECDSA shortens its nonce and so leaks the key over time.',
  },
  { id: 'CVE-2024-12243', source: 'gnutls28', fixed: '3.7.9-2+deb12u4', text: 'A certificate with many names takes very long to read.' },
  {
    id: 'CVE-2023-47038',
    source: 'perl',
    fixed: '5.36.0-7+deb12u1',
    vector: 'AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H',
    text: 'A made-up Unicode property in a regular expression writes past its buffer.',
  },
  {
    id: 'CVE-2023-31484',
    source: 'perl',
    fixed: '5.36.0-7+deb12u3',
    vector: 'AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H',
    text: 'CPAN.pm does not check TLS certificates when it downloads.',
  },
  {
    id: 'CVE-2023-50387',
    source: 'systemd',
    fixed: '252.23-1~deb12u1',
    vector: CRASH,
    text: 'DNSSEC answers with many keys and signatures use up the processor.',
  },
  {
    id: 'CVE-2023-7008',
    source: 'systemd',
    fixed: '252.21-1~deb12u1',
    vector: 'AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N',
    text: 'resolved takes unsigned records although DNSSEC is demanded.',
  },
  { id: 'CVE-2024-45490', source: 'expat', fixed: '2.5.0-1+deb12u1', vector: OWN, text: 'XML_ParseBuffer() takes a negative length.' },
  {
    id: 'CVE-2024-45491',
    source: 'expat',
    fixed: '2.5.0-1+deb12u1',
    vector: 'AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L',
    text: 'The count of default attributes overflows on 32-bit machines.',
  },
  {
    id: 'CVE-2023-52425',
    source: 'expat',
    fixed: '2.5.0-1+deb12u2',
    vector: CRASH,
    text: 'A large token that arrives in many pieces is parsed again and again.',
  },
  {
    id: 'CVE-2023-7104',
    source: 'sqlite3',
    fixed: '3.40.1-2+deb12u1',
    vector: 'AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L',
    text: 'The session extension reads past a changeset that is malformed.',
  },
  {
    id: 'CVE-2024-28085',
    source: 'util-linux',
    fixed: '2.38.1-5+deb12u1',
    vector: 'AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:L/A:N',
    text: 'wall passes escape sequences on to the terminals of others.',
  },
  {
    id: 'CVE-2022-48303',
    source: 'tar',
    fixed: '1.34+dfsg-1.2+deb12u1',
    vector: 'AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H',
    text: 'A base-256 number in a V7 header makes tar read one byte too far.',
  },
  {
    id: 'CVE-2023-4641',
    source: 'shadow',
    fixed: '1:4.13+dfsg1-1+deb12u1',
    vector: 'AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N',
    text: 'gpasswd leaves a password in memory after a second entry failed.',
  },
  {
    id: 'CVE-2023-45853',
    source: 'zlib',
    nodsa: 'ignored',
    vector: OWN,
    text: 'MiniZip overflows the heap on a long file name; Debian does not build MiniZip from this source.',
  },
  {
    id: 'CVE-2019-8457',
    source: 'db5.3',
    nodsa: 'ignored',
    vector: OWN,
    text: 'The SQLite copy in Berkeley DB reads past its heap in rtreenode().',
  },
  {
    id: 'CVE-2022-3219',
    source: 'gnupg2',
    urgency: 'unimportant',
    vector: 'AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:L',
    text: 'A compressed packet can keep the program busy.',
  },
  {
    id: 'CVE-2023-38545',
    source: 'curl',
    fixed: '7.88.1-10+deb12u4',
    vector: OWN,
    text: 'A long host name overflows the heap during the SOCKS5 handshake.',
  },
  {
    id: 'CVE-2023-38546',
    source: 'curl',
    fixed: '7.88.1-10+deb12u4',
    vector: 'AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N',
    text: 'A copied handle may load cookies from a file called none.',
  },
  {
    id: 'CVE-2024-2398',
    source: 'curl',
    fixed: '7.88.1-10+deb12u6',
    vector: 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:L',
    text: 'Headers of a refused HTTP/2 push are never freed.',
  },
  {
    id: 'CVE-2024-11053',
    source: 'curl',
    fixed: '7.88.1-10+deb12u10',
    vector: 'AV:N/AC:H/PR:N/UI:R/S:C/C:L/I:N/A:N',
    text: 'A password of .netrc may go to the host of a redirect.',
  },
  {
    id: 'CVE-2023-44487',
    source: 'nghttp2',
    fixed: '1.52.0-1+deb12u1',
    vector: CRASH,
    text: 'Requests that are cancelled at once overload an HTTP/2 server (Rapid Reset).',
  },
  { id: 'CVE-2024-28182', source: 'nghttp2', fixed: '1.52.0-1+deb12u2', vector: SLOW, text: 'CONTINUATION frames are read without end.' },
  {
    id: 'CVE-2024-25062',
    source: 'libxml2',
    fixed: '2.9.14+dfsg-1.3~deb12u2',
    vector: CRASH,
    text: 'The reader with DTD checks and XInclude uses freed memory.',
  },
  {
    id: 'CVE-2023-39615',
    source: 'libxml2',
    fixed: '2.9.14+dfsg-1.3~deb12u2',
    vector: 'AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H',
    text: 'xmlSAX2StartElement() reads past its buffer.',
  },
  {
    id: 'CVE-2023-5869',
    source: 'postgresql-15',
    fixed: '15.5-0+deb12u1',
    vector: 'AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H',
    text: 'Changing an array lets its size overflow, and memory is written.',
  },
  {
    id: 'CVE-2025-1094',
    source: 'postgresql-15',
    fixed: '15.11-0+deb12u1',
    text: 'Quoting functions of libpq let broken multibyte text through, which allows SQL injection.',
  },
];

/** Alpine 3.17. */
export const alpineFacts: readonly DistroFact[] = [
  { id: 'CVE-2022-3996', source: 'openssl', fixed: '3.0.7-r2', vector: CRASH, text: 'A malformed policy constraint takes a lock twice.' },
  {
    id: 'CVE-2023-0286',
    source: 'openssl',
    fixed: '3.0.8-r0',
    vector: 'AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:H',
    text: 'An X.400 address in a certificate is compared as another type.',
  },
  { id: 'CVE-2023-0215', source: 'openssl', fixed: '3.0.8-r0', vector: CRASH, text: 'BIO_new_NDEF() leaves a freed BIO in the chain.' },
  {
    id: 'CVE-2022-4304',
    source: 'openssl',
    fixed: '3.0.8-r0',
    vector: 'AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
    text: 'The time RSA decryption takes tells whether the padding was right.',
  },
  { id: 'CVE-2022-4450', source: 'openssl', fixed: '3.0.8-r0', vector: CRASH, text: 'PEM_read_bio_ex() frees an empty payload twice.' },
  {
    id: 'CVE-2023-0464',
    source: 'openssl',
    fixed: '3.0.8-r1',
    vector: CRASH,
    text: 'Policy checks of a certificate chain can take exponential time.',
  },
  {
    id: 'CVE-2023-2650',
    source: 'openssl',
    fixed: '3.0.9-r0',
    vector: 'AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H',
    text: 'Very long object identifiers take very long to translate.',
  },
  {
    id: 'CVE-2022-37434',
    source: 'zlib',
    fixed: '1.2.12-r2',
    vector: OWN,
    text: 'inflate() reads past its heap on a large gzip header extra field.',
  },
];
