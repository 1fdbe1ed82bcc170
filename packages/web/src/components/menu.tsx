import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuItem, type MenuItemProps, type MenuProps, MenuTrigger, Popover } from 'react-aria-components';
import styles from './menu.module.css';

/** A button with a menu below it. The first child is the button. */
export function MenuButton<Item extends object>({
  button,
  children,
  ...props
}: Omit<MenuProps<Item>, 'className' | 'children'> & { readonly button: ReactNode; readonly children: ReactNode }) {
  return (
    <MenuTrigger>
      {button}
      <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
        <Menu {...props} className={styles.menu ?? ''}>
          {children}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** One line of a menu, with an optional second line. */
export function MenuLine({
  detail,
  children,
  ...props
}: Omit<MenuItemProps, 'className' | 'children'> & { readonly detail?: string; readonly children: ReactNode }) {
  return (
    <MenuItem {...props} className={styles.item ?? ''}>
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode !== 'none' && <span className={styles.check}>{isSelected && <Check size={14} />}</span>}
          <span>
            {children}
            {detail !== undefined && <small>{detail}</small>}
          </span>
        </>
      )}
    </MenuItem>
  );
}
