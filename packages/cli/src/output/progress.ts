import type { Progress } from '@plimsoll/core';
import { clip } from './text.ts';

/** One line on standard error that changes in place, and goes when the work is done. */
export function createProgressLine(enabled: boolean): { readonly show: (progress: Progress) => void; clear(): void } {
  let shown = false;
  let last = 0;
  return {
    show({ step, done }) {
      const now = performance.now();
      if (!enabled || now - last < 80) return;
      last = now;
      shown = true;
      const share = done === undefined ? '' : ` ${Math.round(done * 100)} %`;
      process.stderr.write(`\r\u001b[2K${clip(`${step}${share}`, (process.stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      if (shown) process.stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}
