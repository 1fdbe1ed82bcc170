import { useEffect, useState } from 'react';

const themes = ['system', 'light', 'dark'] as const;
/** What a person chose; `system` follows the machine. */
export type Theme = (typeof themes)[number];

const KEY = 'plimsoll-theme';

/** The chosen theme, kept in this browser and applied to the page. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(readTheme);
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    localStorage.setItem(KEY, theme);
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme]);
  return [theme, setTheme];
}

function readTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return themes.find((theme) => theme === kept) ?? 'system';
}
