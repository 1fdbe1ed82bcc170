import { describe, expect, it } from 'vitest';
import { comparableName } from './names.ts';

describe('comparableName', () => {
  it.each([
    ['pypi', 'Ruamel_Yaml.-clib', 'ruamel-yaml-clib'],
    ['cargo', 'Serde_JSON', 'serde-json'],
    ['golang', 'github.com/Azure/go-ntlmssp', 'github.com/azure/go-ntlmssp'],
    ['composer', 'Symfony/HTTP-Kernel', 'symfony/http-kernel'],
    ['nuget', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['bitnami', 'Node', 'node'],
    ['npm', 'JSONStream', 'JSONStream'],
    ['gem', 'RedCloth', 'RedCloth'],
    ['maven', 'Org.x:Y_z', 'Org.x:Y_z'],
    ['debian:12', 'a.b', 'a.b'],
  ])('%s: %s is %s', (ecosystem, name, expected) => {
    expect(comparableName(ecosystem, name)).toBe(expected);
    expect(comparableName(ecosystem, expected)).toBe(expected);
  });
});
