import { Button, type ButtonProps, ToggleButton, type ToggleButtonProps } from 'react-aria-components';
import styles from './button.module.css';

/** A button; `primary` for the one thing a page wants, `danger` for what cannot be taken back. */
export function ActionButton({
  kind = 'plain',
  ...props
}: Omit<ButtonProps, 'className'> & { readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger' }) {
  return <Button {...props} className={`${styles.button} ${styles[kind]}`} />;
}

/** A filter that is on or off. */
export function Chip(props: Omit<ToggleButtonProps, 'className'>) {
  return <ToggleButton {...props} className={styles.chip ?? ''} />;
}
