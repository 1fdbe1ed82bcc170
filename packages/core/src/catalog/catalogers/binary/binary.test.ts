import { testCataloger } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import type { Finding } from '../../types.ts';
import { classifiers } from './classifiers.data.ts';
import { binary } from './index.ts';

const scan = (path: string, bytes: Buffer, piece = 4096, executable = true): readonly Finding[] => {
  const file = binary.scan({ path, kind: 'file', size: bytes.length, ...(executable && { executable }) });
  for (let at = 0; at < bytes.length; at += piece) if (!file.push(bytes.subarray(at, at + piece))) break;
  return [...file.end()];
};
const said = (findings: readonly Finding[]) =>
  findings.map((finding) => (finding.kind === 'package' ? `${finding.draft.name} ${finding.draft.version}` : finding.kind));
const program = (text: string) => Buffer.from(`\x7fELF${'x'.repeat(9000)}\0${text}\0${'y'.repeat(9000)}`, 'latin1');

/** What each program says of itself, as its own build writes it. */
const texts: readonly (readonly [path: string, text: string, expected: string])[] = [
  ['bin/bash', '@(#)Bash version 5.2.15(1) release GNU', 'bash 5.2.15'],
  ['usr/local/bin/bun', 'bun-v1.1.8', 'bun 1.1.8'],
  ['bin/busybox', 'syslogd started: BusyBox v1.36.1', 'busybox 1.36.1'],
  ['usr/local/lib/libcurl.so.4.8.0', 'libcurl/8.4.0', 'curl 8.4.0'],
  ['usr/bin/deno', 'Deno/1.43.1', 'deno 1.43.1'],
  ['usr/sbin/dnsmasq', 'dnsmasq-2.90', 'dnsmasq 2.90'],
  ['usr/sbin/dropbear', 'SSH-2.0-dropbear_2022.83', 'dropbear 2022.83'],
  ['usr/local/lib/libexpat.so.1', 'expat_2.5.0', 'expat 2.5.0'],
  ['usr/bin/git', 'git/2.39.5\0GIT_USER_AGENT\0', 'git 2.39.5'],
  ['usr/glibc-compat/lib/libc.so.6', 'GNU C Library (GNU libc) stable release version 2.35.', 'glibc 2.35'],
  ['usr/local/sbin/haproxy', ' version 2.8.3-86e043a, released 2023/09/07', 'haproxy 2.8.3'],
  ['usr/local/apache2/bin/httpd', 'Apache/2.4.57 (Unix)', 'httpd 2.4.57'],
  ['usr/sbin/lighttpd', 'lighttpd/1.4.69', 'lighttpd 1.4.69'],
  ['usr/sbin/mariadbd', '\x0010.11.19-MariaDB\0', 'mariadb 10.11.19'],
  ['usr/bin/memcached', 'memcached 1.6.18', 'memcached 1.6.18'],
  ['usr/sbin/nginx', 'nginx version: nginx/1.25.3', 'nginx 1.25.3'],
  ['usr/local/bin/node', 'node.js/v20.11.1', 'node 20.11.1'],
  ['usr/sbin/sshd', 'OpenSSH_9.2\0OpenSSH_9.2p1 Debian-2', 'openssh 9.2p1'],
  ['usr/local/lib/libcrypto.so.1.1', 'OpenSSL 1.1.1w  11 Sep 2023', 'openssl 1.1.1w'],
  ['usr/local/bin/perl', '\0v5.36.0\0', 'perl 5.36.0'],
  ['usr/local/sbin/php-fpm', 'X-Powered-By: PHP/8.2.11', 'php 8.2.11'],
  ['usr/local/bin/postgres', 'PostgreSQL 16.0 on x86_64-pc-linux-musl', 'postgresql 16.0'],
  ['usr/sbin/proftpd', 'ProFTPD Version 1.3.8', 'proftpd 1.3.8'],
  ['usr/local/bin/python3.11', '\x003.11.5\0', 'python 3.11.5'],
  ['usr/local/lib/libpython3.13.so.1.0', '\x003.13.0rc1\0', 'python 3.13.0rc1'],
  ['usr/local/bin/redis-server', '\x007.2.1\0c11-builtin\0', 'redis 7.2.1'],
  ['usr/local/lib/libruby.so.3.2.2', 'ruby 3.2.2 (2023-03-30 revision e51014f9c0) [x86_64-linux]', 'ruby 3.2.2'],
  ['usr/local/bin/rustc', 'rustc version 1.73.0 (cc66ad468)', 'rust 1.73.0'],
  ['usr/sbin/squid', 'squid/5.7', 'squid 5.7'],
  ['usr/bin/tor', '(on Tor 0.4.9.11 )', 'tor 0.4.9.11'],
  ['usr/sbin/unbound', 'unbound 1.17.1', 'unbound 1.17.1'],
  ['usr/sbin/varnishd', 'varnish-7.1.1 revision 7cee1c58', 'varnish 7.1.1'],
  ['lib/libz.so.1.2.13', ' deflate 1.2.13 Copyright 1995-2022', 'zlib 1.2.13'],
];

testCataloger(binary, {
  files: [{ path: 'usr/sbin/nginx', bytes: program('nginx/1.25.3') }],
  others: ['usr/share/nginx/x'],
  purlOf,
});

describe('binary', () => {
  it.each(texts)('%s that says %j is %s', (path, text, expected) => {
    for (const piece of [4096, 7, 100_000]) expect(said(scan(path, program(text), piece))).toEqual([expected]);
  });

  it.each([
    ['opt/java/openjdk/release', 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.9"\nLIBC="gnu"\n', 'openjdk 17.0.9'],
    ['usr/local/lib/erlang/releases/26/OTP_VERSION', '26.1.2\n', 'erlang 26.1.2'],
    ['usr/local/go/VERSION', 'go1.21.3\ntime 2023-10-09T17:04:35Z\n', 'toolchain 1.21.3'],
    ['var/www/html/wp-includes/version.php', "<?php\n$wp_version = '6.3.1';\n", 'wordpress 6.3.1'],
  ])('%s is text', (path, text, expected) => {
    expect(binary.claims(path, { path, kind: 'file', size: 1 })).toBe(true);
    expect(said(scan(path, Buffer.from(text), 4096, false))).toEqual([expected]);
  });

  it('has a text for each classifier', () => {
    const tested = new Set([...texts.map(([, , expected]) => expected.split(' ')[0]), 'openjdk', 'erlang', 'toolchain', 'wordpress']);
    expect(classifiers.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });

  it('says of a program that it does not know that it is one, and of a script nothing', () => {
    expect(scan('app/server', program('who knows'))).toEqual([{ kind: 'program' }]);
    expect(scan('usr/sbin/nginx', program('no version'))).toEqual([{ kind: 'program' }]);
    expect(scan('app/run', Buffer.from('#!/bin/sh\nexec nginx/1.2.3'))).toEqual([]);
  });

  it.each(['etc/release', 'release', 'usr/share/nginx/x', 'usr/lib/python3/os.py'])('leaves %s alone', (path) => {
    const claimed = binary.claims(path, { path, kind: 'file', size: 1 });
    expect(claimed && said(scan(path, Buffer.from('VERSION=1'))).length > 0).toBe(false);
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 1, max: 500 }),
        ([path, text], noise, piece) => {
          const bytes = Buffer.concat([Buffer.from(noise), Buffer.from(text, 'latin1'), Buffer.from(noise)]);
          expect(Array.isArray(scan(path, bytes, piece))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
