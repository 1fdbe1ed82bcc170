import { describe, expect, it } from 'vitest';
import { java } from './index.ts';
import { type JarFiles, jarOf, manifestOf, mavenFiles, mavenJar, scanBytes } from './jar.fixture.ts';

/** `name version [within]` of what is found, and the fault at the end. */
function read(path: string, bytes: Uint8Array, piece?: number): { readonly found: readonly string[]; readonly fault?: string } {
  const found: string[] = [];
  try {
    for (const finding of scanBytes(java, path, bytes, piece)) {
      if (finding.kind !== 'package') throw new TypeError('no other kind of finding');
      const { name, version, within } = finding.draft;
      found.push([name, version, ...(within === undefined ? [] : [within])].join(' '));
    }
  } catch (error) {
    return { found, fault: (error as Error).message };
  }
  return { found };
}
const foundIn = (name: string, files: JarFiles) => read(`opt/${name}`, jarOf(files)).found;
const withManifest = (name: string, attributes: Readonly<Record<string, string>>) =>
  foundIn(name, { 'META-INF/MANIFEST.MF': manifestOf(attributes) });

describe('java', () => {
  it.each([
    ['app/app.jar', true],
    ['opt/tomcat/webapps/ROOT.war', true],
    ['var/jenkins_home/plugins/git.jpi', true],
    ['opt/LIB.JAR', true],
    ['app/META-INF/maven/org.example/app/pom.properties', true],
    ['app/app.jar.txt', false],
    ['app/jar', false],
    ['app/META-INF/MANIFEST.MF', false],
    ['app/pom.properties', false],
    ['app/x.zip', false],
  ])('claims %s: %s', (path, expected) => {
    expect(java.claims(path, { path, kind: 'file', size: 1 })).toBe(expected);
  });

  const classes = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * at) & 0xff));
  const log4j = mavenJar('org.apache.logging.log4j', 'log4j-core', '2.14.1');
  const text = mavenJar('org.apache.commons', 'commons-text', '1.9');

  it.each([
    ['deflated', {}],
    ['stored', { stored: true }],
    ['with data descriptors', { descriptors: true }],
    ['zip64', { zip64: true }],
    ['behind a shell script', { prefix: '#!/bin/sh\nexec java -jar "$0" "$@"\n' }],
    ['zip64 behind a shell script', { prefix: '#!/bin/sh\nexec java -jar "$0" "$@"\n', zip64: true }],
    ['with a comment', { comment: 'made by hand' }],
    ['with a comment that looks like its end', { comment: `PK\x05\x06${'\0'.repeat(40)}` }],
  ])('reads a jar that is %s', (_name, options) => {
    const inner = mavenJar('org.apache.logging.log4j', 'log4j-core', '2.14.1', { 'x.class': classes }, options);
    const jar = mavenJar('com.example', 'app', '1.0', { 'x.class': classes, 'lib/log4j.jar': inner, 'y.class': classes }, options);
    for (const piece of [1, 100, 4096, 1e6]) {
      expect(read('app.jar', jar, piece)).toEqual({
        found: ['com.example:app 1.0', 'org.apache.logging.log4j:log4j-core 2.14.1 lib/log4j.jar'],
      });
    }
  });

  it('reads archives in archives, and says where they are', () => {
    const war = mavenJar('com.example', 'web', '2', {
      'WEB-INF/lib/log4j-core-2.14.1.jar': log4j,
      'WEB-INF/lib/commons-text-1.9.jar': text,
    });
    const ear = jarOf({ 'web.war': war, 'lib/commons-text-1.9.jar': text });
    expect(read('opt/shop.ear', ear)).toEqual({
      found: [
        'com.example:web 2 web.war',
        'org.apache.logging.log4j:log4j-core 2.14.1 web.war!/WEB-INF/lib/log4j-core-2.14.1.jar',
        'org.apache.commons:commons-text 1.9 web.war!/WEB-INF/lib/commons-text-1.9.jar',
        'org.apache.commons:commons-text 1.9 lib/commons-text-1.9.jar',
      ],
    });
  });

  it('lists every artifact that was shaded into a jar, and the jar itself once', () => {
    const files = {
      'META-INF/MANIFEST.MF': manifestOf({
        'Implementation-Title': 'app',
        'Implementation-Version': '1.0',
        'Implementation-Vendor-Id': 'com.example',
      }),
      ...mavenFiles('org.yaml', 'snakeyaml', '1.26'),
      ...mavenFiles('com.example', 'app', '1.0'),
      ...mavenFiles('com.google.guava', 'guava', '30.0-jre'),
      'META-INF/versions/11/META-INF/maven/com.google.guava/guava/pom.properties': 'version=99',
    };
    expect(foundIn('app-1.0.jar', files)).toEqual(['org.yaml:snakeyaml 1.26', 'com.example:app 1.0', 'com.google.guava:guava 30.0-jre']);
  });

  it('lists the jar beside what was shaded into it where only its manifest tells of it', () => {
    const files = { ...mavenFiles('org.yaml', 'snakeyaml', '1.26') };
    expect(foundIn('elasticsearch-7.10.0.jar', files)).toEqual(['org.elasticsearch:elasticsearch 7.10.0', 'org.yaml:snakeyaml 1.26']);
    expect(foundIn('our-app.jar', files)).toEqual(['org.yaml:snakeyaml 1.26']);
  });

  it.each([
    [
      'group and version of the parent',
      '<parent><groupId>org.a</groupId><version>3</version></parent><artifactId>b</artifactId>',
      ['org.a:b 3'],
    ],
    [
      'its own before the parent’s',
      '<parent><version>3</version></parent><groupId>g.h</groupId><artifactId>b</artifactId><version>4</version>',
      ['g.h:b 4'],
    ],
    ['the folder’s name where it says nothing', '<version>4</version>', ['org.example:x 4']],
    [
      'no dependency',
      '<dependencies><dependency><version>9</version></dependency></dependencies><version>4</version>',
      ['org.example:x 4'],
    ],
    ['no comment', '<!-- <version>9</version> --><version>4</version>', ['org.example:x 4']],
    ['no placeholder, but the file’s name', `<artifactId>x</artifactId><version>\${revision}</version>`, ['org.example:x 7.1']],
  ])('reads a pom.xml that stands alone: %s', (_name, xml, expected) => {
    expect(foundIn('x-7.1.jar', { 'META-INF/maven/org.example/x/pom.xml': `<?xml version="1.0"?>\n<project>${xml}</project>` })).toEqual(
      expected,
    );
  });

  it('declares no entities', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><project><version>&b;</version></project>`;
    expect(foundIn('x.jar', { 'META-INF/maven/org.example/x/pom.xml': bomb })).toEqual([]);
  });

  it('takes licences of the manifest, else of the pom', () => {
    const pom = '<project><licenses><license><name>The Apache\n Software License &amp; more</name></license></licenses></project>';
    const files = { ...mavenFiles('a.b', 'c', '1'), 'META-INF/maven/a.b/c/pom.xml': pom };
    const manifest = manifestOf({ 'Bundle-License': 'https://www.apache.org/licenses/LICENSE-2.0.txt, "MIT";link="x"' });
    const licensesOf = (all: JarFiles) =>
      [...scanBytes(java, 'c.jar', jarOf(all))].map((one) => one.kind === 'package' && one.draft.licenses);
    expect(licensesOf(files)).toEqual([['The Apache Software License & more']]);
    expect(licensesOf({ ...files, 'META-INF/MANIFEST.MF': manifest })).toEqual([['Apache-2.0', 'MIT']]);
  });

  it('reads the properties of an archive that lies unpacked', () => {
    const path = 'app/META-INF/maven/a.b/c/pom.properties';
    expect(read(path, Buffer.from('# x\r\ngroupId = a.b\r\nartifactId:c\r\nversion=1\\:0\r\n')).found).toEqual([]);
    expect(read(path, Buffer.from('# x\r\ngroupId = a.b\r\nartifactId:c\r\nversion=1.0\r\n')).found).toEqual(['a.b:c 1.0']);
  });
});

describe('a jar without a pom', () => {
  it.each([
    ['log4j-core-2.14.1.jar', 'org.apache.logging.log4j:log4j-core 2.14.1'],
    ['log4j-1.2.17.jar', 'log4j:log4j 1.2.17'],
    ['log4j-1.2-api-2.17.1.jar', 'org.apache.logging.log4j:log4j-1.2-api 2.17.1'],
    ['log4j-over-slf4j-1.7.30.jar', 'org.slf4j:log4j-over-slf4j 1.7.30'],
    ['guava-31.1-jre.jar', 'com.google.guava:guava 31.1-jre'],
    ['netty-transport-native-epoll-4.1.68.Final-linux-x86_64.jar', 'io.netty:netty-transport-native-epoll 4.1.68.Final'],
    ['spring-core-5.3.18.jar', 'org.springframework:spring-core 5.3.18'],
    ['spring-boot-2.6.5.jar', 'org.springframework.boot:spring-boot 2.6.5'],
    ['tomcat-embed-core-9.0.60.jar', 'org.apache.tomcat.embed:tomcat-embed-core 9.0.60'],
    ['jackson-databind-2.13.2.1.jar', 'com.fasterxml.jackson.core:jackson-databind 2.13.2.1'],
    ['kafka_2.13-2.8.1.jar', 'org.apache.kafka:kafka_2.13 2.8.1'],
    ['lib-1.0-20230101.123456-1.jar', 'lib 1.0-20230101.123456-1'],
    ['our-own-3.jar', 'our-own 3'],
  ])('is known by its name: %s', (name, expected) => {
    expect(foundIn(name, {})).toEqual([expected]);
  });

  it.each([['app.jar'], ['log4j-core.jar'], ['spring-core-5.3.18-sources.jar'], ['.jar']])('is not made up: %s', (name) => {
    expect(foundIn(name, {})).toEqual([]);
  });

  it.each([
    ['the vendor’s id', 'core-1.jar', { 'Implementation-Vendor-Id': 'com.example.shop' }, 'com.example.shop:core 1'],
    [
      'a bundle named like group and artifact',
      'core-1.jar',
      { 'Bundle-SymbolicName': 'com.example.core;singleton:=true' },
      'com.example:core 1',
    ],
    [
      'a bundle named like the group’s end and the artifact',
      'shop-core-1.jar',
      { 'Bundle-SymbolicName': 'com.example.shop.core' },
      'com.example.shop:shop-core 1',
    ],
    ['a bundle named like the group', 'shop-1.jar', { 'Bundle-SymbolicName': 'com.shop' }, 'com.shop:shop 1'],
    ['a module', 'core-1.jar', { 'Automatic-Module-Name': 'com.example.core' }, 'com.example:core 1'],
    ['nothing of use', 'core-1.jar', { 'Bundle-SymbolicName': 'com.example.other', 'Implementation-Vendor-Id': 'org.apache' }, 'core 1'],
    [
      'another vendor than that of the well-known artifact',
      'json-1.jar',
      { 'Implementation-Vendor-Id': 'com.example' },
      'com.example:json 1',
    ],
    [
      'a vendor, and a bundle that speaks for the well-known one',
      'icu4j-60.2.jar',
      { 'Implementation-Vendor-Id': 'org.unicode', 'Bundle-SymbolicName': 'com.ibm.icu' },
      'com.ibm.icu:icu4j 60.2',
    ],
  ] as const)('has the group of %s', (_name, file, attributes, expected) => {
    expect(withManifest(file, attributes)).toEqual([expected]);
  });

  it.each([
    ['of the name before the manifest', 'h2-2.1.214.jar', { 'Implementation-Version': '9' }, 'com.h2database:h2 2.1.214'],
    [
      'of the manifest where the name goes on with more',
      'hive-exec-2.3.9-core.jar',
      { 'Implementation-Version': '2.3.9' },
      'org.apache.hive:hive-exec 2.3.9',
    ],
    [
      'of the implementation before the bundle',
      'h2.jar',
      { 'Bundle-Version': '1', 'Implementation-Version': '"2.1" (build 7)' },
      'com.h2database:h2 2.1',
    ],
    [
      'of the specification as the last resort',
      'h2.jar',
      { 'Specification-Version': '3', 'Implementation-Version': '@project.version@' },
      'com.h2database:h2 3',
    ],
  ] as const)('has the version %s', (_name, file, attributes, expected) => {
    expect(withManifest(file, attributes)).toEqual([expected]);
  });

  it.each([
    [
      'Tomcat’s own',
      'catalina.jar',
      { 'Implementation-Title': 'Apache Tomcat', 'Implementation-Version': '9.0.60' },
      ['org.apache.tomcat:tomcat-catalina 9.0.60'],
    ],
    ['a file of that name', 'catalina.jar', { 'Implementation-Title': 'catalina', 'Implementation-Version': '1' }, ['catalina 1']],
    [
      'a plugin of Jenkins',
      'git.jpi',
      { 'Group-Id': 'org.jenkins-ci.plugins', 'Short-Name': 'git', 'Plugin-Version': '4.11.0', 'Implementation-Version': '1' },
      ['org.jenkins-ci.plugins:git 4.11.0'],
    ],
    ['an application', 'app.jar', { 'Implementation-Title': 'shop', 'Implementation-Version': '1.0' }, ['shop 1.0']],
    ['a part of the runtime', 'rt.jar', { 'Implementation-Title': 'Java Runtime Environment', 'Implementation-Version': '1.8.0_292' }, []],
  ] as const)('may be %s', (_name, file, attributes, expected) => {
    expect(withManifest(file, attributes)).toEqual(expected);
  });

  it('reads a manifest whose lines go on, to the end of its main section', () => {
    const manifest =
      'Manifest-Version: 1.0\nImplementation-Vendor-Id: com.exam\n ple.shop\nimplementation-version: 1.\n 5\n\nName: x\nImplementation-Title: y\n';
    expect(foundIn('core.jar', { 'META-INF/MANIFEST.MF': manifest })).toEqual(['com.example.shop:core 1.5']);
  });
});
