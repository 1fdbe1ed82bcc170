import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { ruby } from './index.ts';
import { literalsOf } from './literals.ts';

const RACK = `# -*- encoding: utf-8 -*-
# stub: rack 3.0.8 ruby lib

Gem::Specification.new do |s|
  s.name = "rack".freeze
  s.version = "3.0.8"

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
  s.metadata = { "version" => "9" } if s.respond_to? :metadata=
  s.licenses = ["MIT".freeze, "BSD-2-Clause"]
  s.rubygems_version = "3.3.27".freeze

  if s.respond_to? :specification_version then
    s.specification_version = 4
    s.add_development_dependency(%q<minitest>.freeze, ["~> 5.0"])
  end
end
`;
const path = 'usr/lib/ruby/gems/3.1.0/specifications/rack-3.0.8.gemspec';
const catalog = (text: string) => [...ruby.catalog({ path, bytes: Buffer.from(text) })];

testCataloger(ruby, {
  files: [
    { path, bytes: RACK },
    { path: 'usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec', bytes: RACK },
    { path: 'specifications/default/json-2.6.1.gemspec', bytes: RACK },
    { path: 'usr/share/rubygems-integration/all/specifications/rack-2.2.4.gemspec', bytes: RACK },
  ],
  others: [
    'usr/lib/ruby/gems/3.1.0/gems/rack-3.0.8/rack.gemspec',
    'app/shop.gemspec',
    'app/specifications/README',
    'app/specifications/deep/a.gemspec',
    'app/specifications/other/default/a.gemspec',
    'app/my-specifications/a.gemspec',
    'default/a.gemspec',
  ],
  purlOf,
});

describe('ruby', () => {
  it('reads name, version and licences', () => {
    expect(catalog(RACK)).toEqual([
      { kind: 'package', draft: { type: 'gem', name: 'rack', version: '3.0.8', licenses: ['MIT', 'BSD-2-Clause'] } },
    ]);
  });

  it.each([
    [
      'as old ones are written',
      's.name = %q{rack}\n  s.version = "1.6.4"\n  s.licenses = [%q{MIT}]',
      { version: '1.6.4', licenses: ['MIT'] },
    ],
    [
      'with another name of the block',
      'spec.name = \'rack\'\nspec.version = Gem::Version.new("1.6.4")\nspec.license = "MIT"',
      { version: '1.6.4', licenses: ['MIT'] },
    ],
    [
      'for a platform',
      's.name = "rack"\n s.version = "1"\n s.platform = "x86_64-linux".freeze',
      { version: '1', licenses: [], architecture: 'x86_64-linux' },
    ],
    [
      'by its stub line',
      '# stub: rack 1.0.0.pre java lib\n# stub: ext/a.rb\nGem::Specification.new do |s|\n s.version = Rack::VERSION',
      { version: '1.0.0.pre', licenses: [], architecture: 'java' },
    ],
    ['whose version is asked for, too', 's.name = "rack"\n s.version = "1"\n s.version == "2"', { version: '1', licenses: [] }],
    ['of lines that end as on Windows', 's.name = "rack"\r\ns.version = "1"\r\n', { version: '1', licenses: [] }],
  ])('reads a gemspec %s', (_name, text, draft) => {
    expect(catalog(text)).toEqual([{ kind: 'package', draft: { type: 'gem', name: 'rack', ...draft } }]);
  });

  it.each([
    ['nothing', ''],
    ['a version that a file says', 's.name = "rack"\n s.version = File.read("VERSION")'],
    ['a version that is computed', 's.name = "rack"\n s.version = "1.#{minor}"'],
    ['a name that is a path', 's.name = "../../etc"\n s.version = "1"'],
    ['a version that is none', 's.name = "a"\n s.version = "VERSION"'],
  ])('refuses %s', (_name, text) => {
    expect(() => catalog(text)).toThrow(/gemspec|name/);
  });
});

describe('the texts of an expression', () => {
  it.each([
    [' "a".freeze', ['a']],
    ['[\'a\', "b".freeze, %q(c)] if x', ['a', 'b', 'c']],
    ['"a \\"b\\""', ['a "b"']],
    ['"a" + "b"', ['a']],
    ['File.read("a")', []],
    ['"open', []],
    ['%q{open', []],
    ['[', []],
    ['', []],
  ])('of %s are %j', (expression, texts) => {
    expect(literalsOf(expression)).toEqual(texts);
  });
});
