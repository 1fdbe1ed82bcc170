import { ChevronDown, Search } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Input, SearchField, type Selection } from 'react-aria-components';
import { useSlashKey } from '../state/slash-key.ts';
import { ActionButton } from './button.tsx';
import styles from './filters.module.css';
import { MenuButton, MenuLine } from './menu.tsx';

/** Filters of a list, side by side. */
export function FilterBar({ children }: { readonly children: ReactNode }) {
  return <search className={styles.bar}>{children}</search>;
}

/** Filter text; the key `/` goes there from anywhere on the page. */
export function FilterText({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useSlashKey(input, 'page');
  return (
    <SearchField className={styles.field ?? ''} aria-label={label} value={value} onChange={onChange}>
      <Search size={13} className={styles.glass} />
      <Input ref={input} className={styles.input ?? ''} placeholder={label} />
      <kbd className={styles.key}>/</kbd>
    </SearchField>
  );
}

interface FilterMenuProps<Option extends string> {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: readonly Option[];
  /** One choice that is always made. */
  readonly single?: boolean;
  /** Undefined where nothing is chosen any more. */
  readonly onChange: (chosen: readonly Option[] | undefined) => void;
}

/** A choice of words behind a button. */
export function FilterMenu<Option extends string>({ label, options, chosen, single = false, onChange }: FilterMenuProps<Option>) {
  const choose = (keys: Selection) => {
    const found = options.filter((option) => keys === 'all' || keys.has(option));
    onChange(found.length > 0 ? found : undefined);
  };
  const isOn = !single && chosen.length > 0;
  return (
    <span className={isOn ? styles.on : styles.off}>
      <MenuButton
        aria-label={label}
        selectionMode={single ? 'single' : 'multiple'}
        disallowEmptySelection={single}
        selectedKeys={chosen}
        onSelectionChange={choose}
        button={
          <ActionButton>
            {label}
            {isOn && `: ${chosen.length}`} <ChevronDown size={13} />
          </ActionButton>
        }
      >
        {options.map((option) => (
          <MenuLine key={option} id={option}>
            {option}
          </MenuLine>
        ))}
      </MenuButton>
    </span>
  );
}
