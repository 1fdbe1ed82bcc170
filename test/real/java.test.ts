import { execFileSync } from 'node:child_process';
import { existsSync, globSync, lstatSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, openWorkspace } from '@plimsoll/core';
import { buildImage, ociLayoutTar } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from './servers.ts';

/** Where Debian puts archives, and where it says by links which artifact of Maven each is: `org/apache/commons/commons-text/1.10/x.jar`. */
const REPOSITORY = '/usr/share/maven-repo';
const missing = [
  ...(isInstalled('unzip') ? [] : ['unzip (Debian: unzip)']),
  ...(existsSync(REPOSITORY) ? [] : [`${REPOSITORY} (Debian: maven, or any lib...-java)`]),
];
if (missing.length > 0) console.log(`test/real/java: skipped, ${missing.join(' and ')} is not here`);

describe.runIf(missing.length === 0)('jars as Debian installs them', () => {
  const files = missing.length > 0 ? [] : globSync('/usr/share/java/**/*.jar').filter((file) => lstatSync(file).isFile());
  const root = mkdtempSync(path.join(tmpdir(), 'plimsoll-java-'));
  /** Path of an archive -> what is found in it, as `group:artifact version`. */
  const found = new Map<string, Set<string>>();

  beforeAll(async () => {
    const archive = path.join(root, 'image.tar');
    const content = files.map((file) => ({ path: file.slice(1), content: readFileSync(file) }));
    writeFileSync(
      archive,
      ociLayoutTar([{ ref: 'java:test', image: buildImage({ layers: [{ createdBy: 'apt-get install', files: content }] }) }]),
    );
    using workspace = openWorkspace({ dataDir: path.join(root, 'data'), cacheDir: path.join(root, 'cache') });
    const { packages } = await workspace.index(archive, {}, createContext());
    for (const { type, name, version, evidence } of packages) {
      if (type !== 'maven') continue;
      for (const at of evidence) found.set(`/${at.path}`, (found.get(`/${at.path}`) ?? new Set()).add(`${name} ${version}`));
    }
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('are all that their poms say', () => {
    let poms = 0;
    for (const file of files) {
      const names = execFileSync('unzip', ['-Z1', file], { encoding: 'utf8', maxBuffer: 1e8 }).split('\n');
      for (const name of names.filter((one) => /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(one))) {
        const text = execFileSync('unzip', ['-p', file, name], { encoding: 'utf8' });
        const value = (key: string) => new RegExp(`^${key} *= *(.*?) *$`, 'm').exec(text)?.[1]?.trim();
        if (!value('groupId')) continue;
        poms += 1;
        expect([...(found.get(file) ?? [])], file).toContain(`${value('groupId')}:${value('artifactId')} ${value('version')}`);
      }
    }
    expect(poms).toBeGreaterThan(10);
  });

  it('are the artifacts that Debian says they are', () => {
    const expected = new Map<string, Set<string>>();
    for (const link of globSync(`${REPOSITORY}/**/*.jar`)) {
      if (!existsSync(link)) continue;
      const parts = path.relative(REPOSITORY, link).split('/');
      const file = realpathSync(link);
      expected.set(file, (expected.get(file) ?? new Set()).add(`${parts.slice(0, -3).join('.')}:${parts.at(-3)} ${parts.at(-2)}`));
    }
    const judged = [...expected]
      .filter(([file]) => files.includes(file))
      .map(([file, names]) => {
        const ours = [...(found.get(file) ?? [])];
        const theirs = [...names];
        const sameName = ours.find((one) => theirs.some((other) => one.split(' ')[0] === other.split(' ')[0]));
        if (sameName)
          return theirs.includes(sameName) || theirs.every((one) => /debian|x$/.test(one)) ? 'same' : `${file}: ${sameName}, not ${theirs}`;
        return ours.some((one) => one.includes(':')) ? `${file}: ${ours}, not ${theirs}` : 'no group';
      });
    const same = judged.filter((one) => one === 'same').length;
    const other = judged.filter((one) => one !== 'same' && one !== 'no group');
    console.log(
      `of ${judged.length} archives ${same} are what Debian says, ${judged.length - same - other.length} without a group; ${other.join('; ')}`,
    );
    expect(same / judged.length).toBeGreaterThan(0.7);
    // Debian renames: what is left over must at least be no other artifact's name.
    expect(other.length / judged.length).toBeLessThan(0.12);
  });
});
