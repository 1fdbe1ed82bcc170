import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { dotnet } from './index.ts';

const TARGET = '.NETCoreApp,Version=v8.0/linux-x64';
const files = { runtime: { 'lib/net6.0/a.dll': { assemblyVersion: '13.0.0.0' } } };
const shop = {
  runtimeTarget: { name: TARGET, signature: '' },
  compilationOptions: {},
  targets: {
    '.NETCoreApp,Version=v8.0': {},
    [TARGET]: {
      'Shop/1.0.0': { dependencies: { 'Newtonsoft.Json': '13.0.1' }, runtime: { 'Shop.dll': {} } },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { runtime: { 'System.Private.CoreLib.dll': {} } },
      'Newtonsoft.Json/13.0.1': files,
      'SQLitePCLRaw.lib/2.1.6': { runtimeTargets: { 'runtimes/linux-x64/native/libe_sqlite3.so': { rid: 'linux-x64' } } },
      'Shop.Texts/2.0.0': { resources: { 'lib/de/a.resources.dll': { locale: 'de' } } },
      'System.Text.RegularExpressions/4.3.0': { dependencies: {} },
      'System.Buffers/4.5.1': { runtime: { 'lib/net6.0/_._': {} } },
      'Shop.Model/1.0.0': { runtime: { 'Shop.Model.dll': {} } },
    },
  },
  libraries: {
    'Shop/1.0.0': { type: 'project', serviceable: false, sha512: '' },
    'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { type: 'runtimepack', serviceable: false, sha512: '' },
    'Newtonsoft.Json/13.0.1': { type: 'package', serviceable: true, path: 'newtonsoft.json/13.0.1' },
    'SQLitePCLRaw.lib/2.1.6': { type: 'package' },
    'Shop.Texts/2.0.0': { type: 'package' },
    'System.Text.RegularExpressions/4.3.0': { type: 'package' },
    'System.Buffers/4.5.1': { type: 'package' },
    'Shop.Model/1.0.0': { type: 'project' },
    'Analyzers/1.0.0': { type: 'package', compileOnly: true },
    'Shop.Interop/1.0.0.0': { type: 'reference' },
  },
};
const RUNTIME = 'usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json';
const runtime = {
  runtimeTarget: { name: TARGET },
  targets: { [TARGET]: { 'Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { runtime: { 'System.Private.CoreLib.dll': {} } } } },
  libraries: { 'Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { type: 'package' } },
};
const path = 'app/Shop.deps.json';
const catalog = (value: unknown, at = path) => [...dotnet.catalog({ path: at, bytes: Buffer.from(JSON.stringify(value)) })];
const found = (value: unknown, at = path) =>
  catalog(value, at).map((finding) =>
    finding.kind === 'package' ? `${finding.draft.type} ${finding.draft.name} ${finding.draft.version}` : finding.kind,
  );

testCataloger(dotnet, {
  files: [
    { path, bytes: `\ufeff${JSON.stringify(shop, undefined, 2)}` },
    { path: RUNTIME, bytes: JSON.stringify(runtime) },
  ],
  others: ['app/Shop.runtimeconfig.json', 'app/deps.json', 'app/Shop.deps.json.bak', 'app/packages.lock.json'],
  purlOf,
});

describe('dotnet', () => {
  it('reads packages that have files, and runtime packs, not projects', () => {
    expect(found(shop)).toEqual([
      'nuget Microsoft.NETCore.App.Runtime.linux-x64 8.0.1',
      'nuget Newtonsoft.Json 13.0.1',
      'nuget SQLitePCLRaw.lib 2.1.6',
      'nuget Shop.Texts 2.0.0',
    ]);
  });

  it('reads a runtime by its own file', () => {
    expect(found(runtime, RUNTIME)).toEqual(['nuget Microsoft.NETCore.App.Runtime.linux-x64 8.0.1']);
  });

  it('knows a runtime by its folder where the file lists nothing', () => {
    expect(found({ runtimeTarget: { name: TARGET }, libraries: {} }, RUNTIME)).toEqual([
      'nuget Microsoft.NETCore.App.Runtime.linux-x64 8.0.1',
    ]);
    expect(found({ libraries: {} }, RUNTIME)).toEqual(['nuget Microsoft.NETCore.App 8.0.1']);
    expect(found({ libraries: {} })).toEqual([]);
  });

  it('takes what no target speaks of to be there', () => {
    expect(found({ runtimeTarget: '.NETCoreApp,Version=v2.0', libraries: { 'A/1.0': { type: 'package' } } })).toEqual(['nuget A 1.0']);
  });

  it('takes the mark of a runtime pack off where it is one', () => {
    expect(found({ libraries: { 'runtimepack.A/1.0': { type: 'runtimepack' }, 'runtimepack.B/1.0': { type: 'package' } } })).toEqual([
      'nuget A 1.0',
      'nuget runtimepack.B 1.0',
    ]);
  });

  it.each([[{}], [null], [[]], [{ libraries: 'none' }]])('refuses %j', (value) => {
    expect(() => catalog(value)).toThrow('does not list libraries');
  });

  it.each([['A'], ['/1.0'], ['A/'], ['a b/1'], ['../A/1'], ['A/\ud800']])('passes over a library keyed %j', (key) => {
    expect(found({ libraries: { [key]: { type: 'package' } } })).toEqual([]);
  });
});
