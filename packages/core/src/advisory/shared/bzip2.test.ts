import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../util/errors.ts';
import { bunzip2 } from './bzip2.ts';

/** `abracadabra ` forty times, a line feed, and 219 times `z`: at level 1. */
const packed = Buffer.from('QlpoMTFBWSZTWZ7ATwsAAFBRggAQQAA8ABAQAIAgAFCDJiApVGmaTz0TgnBNVHdCYJsEwJnT8XckU4UJCewE8LA=', 'base64');
const plain = `${'abracadabra '.repeat(40)}\n${'z'.repeat(219)}`;
const inflate = (bytes: Uint8Array) => Buffer.concat([...bunzip2(bytes)]);

describe('bunzip2', () => {
  it('gives what was packed', () => {
    expect(inflate(packed).toString('latin1')).toBe(plain);
  });

  it('reads streams that follow on each other', () => {
    expect(inflate(Buffer.concat([packed, packed])).toString('latin1')).toBe(plain + plain);
  });

  it('reads what is empty', () => {
    expect(inflate(Buffer.from('425a683917724538509000000000', 'hex'))).toHaveLength(0);
  });

  it.each([
    ['cut short', packed.subarray(0, 40)],
    ['of another kind', Buffer.from('BZ0 is no bzip2')],
    ['of no level', Buffer.from('BZh0aaaaaaaa')],
    ['without a block', Buffer.from('BZh9aaaaaaaaaaaaaaaa')],
    ['spoilt', Buffer.from(packed.map((byte, position) => (position === 30 ? byte ^ 1 : byte)))],
  ])('refuses what is %s', (_name, bytes) => {
    expect(() => inflate(bytes)).toThrow(expect.objectContaining({ code: 'ADVISORY_UNREADABLE' }));
  });

  it('refuses anything that is not as it was packed, and ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const bytes = Buffer.from(packed);
        bytes[position] = (bytes[position] ?? 0) ^ change;
        try {
          return inflate(bytes).toString('latin1') === plain;
        } catch (error) {
          return isAppError(error, 'ADVISORY_UNREADABLE');
        }
      }),
    );
  });
});
