import { platformName } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { choosePlatform, fitsPlatform, parsePlatform } from './platform.ts';

describe('parsePlatform', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['Linux/x86_64', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm/v7', 'linux/arm/v7'],
    [' windows/amd64 ', 'windows/amd64'],
  ])('%j is %s', (text, name) => {
    expect(platformName(parsePlatform(text))).toBe(name);
  });

  it.each(['', 'linux', 'linux/', '/amd64', 'linux/arm/v7/x'])('%j is refused', (text) => {
    expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });
});

const offer = (...names: readonly string[]) =>
  names.map((name) => {
    const [os = '', architecture = '', variant] = name.split('/');
    return { name, platform: { os, architecture, ...(variant && { variant }) } };
  });

describe('choosePlatform', () => {
  it.each([
    ['linux/amd64 where nothing is wanted', ['linux/arm64', 'linux/amd64'], undefined, 'linux/amd64'],
    ['the first linux where there is no amd64', ['windows/amd64', 'linux/s390x', 'linux/arm64'], undefined, 'linux/s390x'],
    ['the first there', ['windows/amd64'], undefined, 'windows/amd64'],
    ['never an attestation', ['unknown/unknown', 'windows/amd64'], undefined, 'windows/amd64'],
    ['the wanted one', ['linux/amd64', 'linux/arm64'], 'linux/arm64', 'linux/arm64'],
    ['arm64 where it is called v8', ['linux/amd64', 'linux/arm64/v8'], 'linux/arm64', 'linux/arm64/v8'],
    ['v8 where arm64 is plain', ['linux/amd64', 'linux/arm64'], 'linux/arm64/v8', 'linux/arm64'],
    ['the wanted variant', ['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7'], 'linux/arm/v6', 'linux/arm/v6'],
    ['the nearest older variant', ['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7'], 'linux/arm/v8', 'linux/arm/v7'],
    ['an older variant where it is all there is', ['linux/amd64', 'linux/arm/v5', 'linux/arm/v6'], 'linux/arm/v7', 'linux/arm/v6'],
    ['any variant where none is wanted', ['linux/arm/v6'], 'linux/arm', 'linux/arm/v6'],
  ])('%s', (_, offered, wanted, expected) => {
    expect(choosePlatform(offer(...offered), wanted === undefined ? undefined : parsePlatform(wanted)).name).toBe(expected);
  });

  it.each([
    ['another architecture', ['linux/amd64', 'linux/arm64'], 'linux/s390x', 'linux/amd64, linux/arm64'],
    ['a newer variant only', ['linux/arm/v7'], 'linux/arm/v6', 'linux/arm/v7'],
    ['another system', ['linux/amd64'], 'windows/amd64', 'linux/amd64'],
    ['attestations only', ['unknown/unknown'], 'linux/amd64', 'none'],
  ])('%s: says what there is', (_, offered, wanted, named) => {
    const choose = () => choosePlatform(offer(...offered), parsePlatform(wanted));
    expect(choose).toThrow(expect.objectContaining({ code: 'PLATFORM_MISSING', hint: expect.stringContaining(named) }));
  });

  it('nothing at all is missing too', () => {
    expect(() => choosePlatform([], undefined)).toThrow(expect.objectContaining({ code: 'PLATFORM_MISSING' }));
  });
});

it('an image without a stated variant does not fit a wish for one', () => {
  expect(fitsPlatform({ os: 'linux', architecture: 'arm' }, { os: 'linux', architecture: 'arm', variant: 'v6' })).toBe(false);
});
