import type { PackageType } from '@plimsoll/model';

/** How a program tells its version. */
export interface Classifier {
  readonly name: string;
  /** Default `generic`. */
  readonly type?: PackageType;
  /** Base names; one that ends with `*` is the beginning of names, one with a slash the end of a path. */
  readonly files: readonly string[];
  /** Text that stands near the version, and is rare; `$` is the `3.11` of a file `python3.11`. */
  readonly near: string;
  /** What the text around reads, bytes as Latin-1; the first group is the version. Linear: no repetition in a repetition. */
  readonly pattern: RegExp;
}

const VERSION = String.raw`(\d{1,4}\.\d{1,4}(?:\.\d{1,5})?(?:\.\d{1,5})?(?:-?(?:alpha|beta|rc|pre|dev)\.?\d{0,3})?)`;
const after = (prefix: string, rest = '') => new RegExp(prefix + VERSION + rest);

/** Programs and libraries that are often put into images by hand. */
export const classifiers: readonly Classifier[] = [
  { name: 'bash', files: ['bash'], near: '@(#)Bash version ', pattern: after('Bash version ') },
  { name: 'bun', files: ['bun'], near: 'bun-v', pattern: after('bun-v') },
  { name: 'busybox', files: ['busybox', 'busybox-*'], near: 'BusyBox v', pattern: after('BusyBox v') },
  { name: 'curl', files: ['curl', 'libcurl.so*', 'libcurl-gnutls.so*'], near: 'curl/', pattern: after('curl/') },
  { name: 'deno', files: ['deno'], near: 'Deno/', pattern: after('Deno/') },
  { name: 'dnsmasq', files: ['dnsmasq'], near: 'dnsmasq-', pattern: after('dnsmasq-') },
  { name: 'dropbear', files: ['dropbear', 'dropbearmulti'], near: 'SSH-2.0-dropbear_', pattern: after('dropbear_') },
  { name: 'erlang', files: ['/OTP_VERSION'], near: '.', pattern: after('^') },
  { name: 'expat', files: ['libexpat.so*'], near: 'expat_', pattern: after('expat_') },
  { name: 'git', files: ['git'], near: 'GIT_USER_AGENT', pattern: after('git/', String.raw`\0GIT_USER_AGENT`) },
  { name: 'glibc', files: ['libc.so.6', 'libc-2.*'], near: 'GNU C Library', pattern: after('stable release version ') },
  { name: 'haproxy', files: ['haproxy'], near: 'version ', pattern: after('version ', String.raw`[^,\0]{0,40}, released `) },
  { name: 'httpd', files: ['httpd', 'apache2'], near: 'Apache/', pattern: after('Apache/') },
  { name: 'lighttpd', files: ['lighttpd'], near: 'lighttpd/', pattern: after('lighttpd/') },
  { name: 'mariadb', files: ['mariadbd', 'mysqld', 'mariadb', 'mysql'], near: '-MariaDB', pattern: after('', '-MariaDB') },
  { name: 'memcached', files: ['memcached'], near: 'memcached ', pattern: after('memcached ') },
  { name: 'nginx', files: ['nginx', 'openresty'], near: 'nginx/', pattern: after('nginx/') },
  { name: 'node', files: ['node', 'nodejs', 'libnode.so*'], near: 'node.js/v', pattern: after('node.js/v') },
  { name: 'openjdk', files: ['/release'], near: 'JAVA_VERSION="', pattern: /JAVA_VERSION="([\w.+-]{1,40})"/ },
  { name: 'openssh', files: ['sshd'], near: 'OpenSSH_', pattern: /OpenSSH_(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?p\d{1,2})/ },
  {
    name: 'openssl',
    files: ['openssl', 'libcrypto.so*', 'libssl.so*'],
    near: 'OpenSSL ',
    pattern: /OpenSSL (\d{1,2}\.\d{1,3}\.\d{1,3}[a-z]{0,2}(?:-(?:alpha|beta)\d{1,2})?) {1,2}\d{1,2} [A-Z][a-z]{2} \d{4}/,
  },
  { name: 'perl', files: ['perl', 'perl5*'], near: '\0v5.', pattern: after(String.raw`\0v`, String.raw`\0`) },
  { name: 'php', files: ['php', 'php7*', 'php8*', 'php-fpm*', 'php-cgi*', 'libphp*'], near: 'X-Powered-By: PHP/', pattern: after('PHP/') },
  { name: 'postgresql', files: ['postgres'], near: 'PostgreSQL ', pattern: after('PostgreSQL ', ' ') },
  { name: 'proftpd', files: ['proftpd'], near: 'ProFTPD Version ', pattern: after('Version ') },
  {
    name: 'python',
    files: ['python3*', 'python2*', 'libpython3*', 'libpython2*'],
    near: '\0$.',
    pattern: after(String.raw`\0`, String.raw`\+?\0`),
  },
  { name: 'redis', files: ['redis-server'], near: '-builtin\0', pattern: after(String.raw`\0`, String.raw`\0(?:c11|atomic|sync)-builtin`) },
  {
    name: 'ruby',
    files: ['ruby', 'ruby2*', 'ruby3*', 'libruby*'],
    near: ' revision ',
    pattern: after('ruby ', String.raw`(?:p\d{1,4})? `),
  },
  { name: 'rust', files: ['rustc', 'librustc_driver-*', 'libstd-*'], near: 'rustc version ', pattern: after('rustc version ') },
  { name: 'squid', files: ['squid'], near: 'squid/', pattern: after('squid/') },
  { name: 'toolchain', type: 'golang', files: ['go/VERSION'], near: 'go', pattern: /^go(\d[\w.]{1,20})/ },
  { name: 'tor', files: ['tor'], near: 'on Tor ', pattern: after('on Tor ') },
  { name: 'unbound', files: ['unbound'], near: 'unbound ', pattern: after('unbound ') },
  { name: 'varnish', files: ['varnishd'], near: 'varnish-', pattern: after('varnish-', ' revision ') },
  { name: 'wordpress', files: ['wp-includes/version.php'], near: 'wp_version', pattern: after(`wp_version {0,4}= {0,4}'`) },
  { name: 'zlib', files: ['libz.so*'], near: ' deflate ', pattern: after(' deflate ', ' Copyright') },
];
