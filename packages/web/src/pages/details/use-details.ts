import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { DetailsSearch } from '../../state/search.ts';

/** What a change means to the history: a step one goes back over, or typing. */
type Kind = 'step' | 'typing';

/** The page's state, which is the address, and how to change it. `undefined` takes a part out. */
export function useDetails() {
  const search = useSearch({ from: '/images/$digest' });
  const navigate = useNavigate({ from: '/images/$digest' });
  const change = useCallback(
    (changed: { readonly [Key in keyof DetailsSearch]?: DetailsSearch[Key] | undefined }, kind: Kind = 'step') => {
      void navigate({
        search: (before) => Object.fromEntries(Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined)),
        replace: kind === 'typing',
        resetScroll: false,
      });
    },
    [navigate],
  );
  return { search, change };
}
