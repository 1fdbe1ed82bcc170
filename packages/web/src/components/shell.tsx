import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Monitor, Moon, Sun } from 'lucide-react';
import { Button, TooltipTrigger } from 'react-aria-components';
import { aboutQuery } from '../api/queries.ts';
import { type Theme, useTheme } from '../state/theme.ts';
import { FindImage } from './find-image.tsx';
import { Hint } from './hint.tsx';
import styles from './shell.module.css';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** What every page stands in: the bar at the top, and the word that this is a sample where it is. */
export function Shell() {
  const { data: about } = useQuery(aboutQuery);
  const [theme, setTheme] = useTheme();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const Icon = ICONS[theme];
  return (
    <>
      <a className="visually-hidden" href="#content">
        Skip to the content
      </a>
      <header className={styles.bar}>
        <Link to="/" className={styles.logo}>
          <Mark />
          Plimsoll
        </Link>
        <nav className={styles.nav} aria-label="Pages">
          <Link to="/" activeOptions={{ exact: true }} {...(path.startsWith('/images/') && { 'aria-current': true })}>
            Images
          </Link>
          <Link to="/data">Data</Link>
        </nav>
        <span className={styles.space} />
        {path !== '/' && <FindImage />}
        <TooltipTrigger delay={300}>
          <Button className={styles.icon ?? ''} aria-label={`Theme: ${theme}`} onPress={() => setTheme(NEXT[theme])}>
            <Icon size={16} />
          </Button>
          <Hint>Theme: {theme}</Hint>
        </TooltipTrigger>
      </header>
      {about?.sample && (
        <p className={styles.sample}>
          <b>Sample data.</b> These images and advisories were made to look around with. Open your own with <code>npm start -- IMAGE</code>.
        </p>
      )}
      <div id="content">
        <Outlet />
      </div>
    </>
  );
}

function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <circle cx="11" cy="11" r="7" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M1 11h20" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
