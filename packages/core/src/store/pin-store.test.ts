import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPinStore } from './pin-store.ts';

describe('pinned bases', () => {
  it('are kept by the image’s name until they are taken back', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-pins-'));
    const file = path.join(folder, 'images.db');
    try {
      {
        using pins = openPinStore(file);
        const before = pins.fingerprint();
        pins.put('shop/api:2', 'debian:12');
        pins.put('shop/api:2', 'python:3.12');
        expect(pins.fingerprint()).not.toBe(before);
      }
      using pins = openPinStore(file);
      expect(pins.get('shop/api:2')).toBe('python:3.12');
      expect(pins.get('shop/api:3')).toBeUndefined();
      expect(pins.remove('shop/api:2')).toBe(true);
      expect(pins.remove('shop/api:2')).toBe(false);
      expect(pins.get('shop/api:2')).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
