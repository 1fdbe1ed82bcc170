import { Tooltip, type TooltipProps } from 'react-aria-components';
import styles from './hint.module.css';

/** A few words beside what the pointer or the keyboard is on. */
export function Hint(props: Omit<TooltipProps, 'className'>) {
  return <Tooltip offset={6} {...props} className={styles.hint ?? ''} />;
}
