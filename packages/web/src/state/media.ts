import { useCallback, useSyncExternalStore } from 'react';

/** One column, as `pages/details/page.module.css` has it. */
export const ONE_COLUMN = '(max-width: 1000px)';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
