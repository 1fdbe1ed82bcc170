import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { imagesQuery } from '../api/queries.ts';
import { selectImages } from '../pages/images/select.ts';
import { useSlashKey } from '../state/slash-key.ts';
import { bytesText } from '../state/text.ts';
import styles from './find-image.module.css';
import menu from './menu.module.css';

/** More do not fit below the bar. */
const MOST = 8;

/** Goes to an image by a part of its name, from any page. */
export function FindImage() {
  const { data: images = [] } = useQuery(imagesQuery);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useSlashKey(input, 'bar');
  const found = selectImages(images, { q: text, sort: 'risk' }).slice(0, MOST);
  const open = (digest: string) => {
    setText('');
    input.current?.blur();
    void navigate({ to: '/images/$digest', params: { digest } });
  };
  const listAll = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.currentTarget.hasAttribute('aria-activedescendant') || text === '') return;
    setText('');
    void navigate({ to: '/', search: { q: text } });
  };
  return (
    <ComboBox
      className={styles.find ?? ''}
      aria-label="Find image"
      items={found}
      inputValue={text}
      onInputChange={setText}
      selectedKey={null}
      onSelectionChange={(key) => key !== null && open(String(key))}
      menuTrigger="input"
      allowsCustomValue
      allowsEmptyCollection={text !== ''}
    >
      <Search size={13} className={styles.glass} />
      <Input ref={input} className={styles.input ?? ''} placeholder="Find image" spellCheck={false} onKeyDown={listAll} />
      <kbd className={styles.key}>/</kbd>
      <Popover className={menu.popover ?? ''} offset={4}>
        <ListBox className={menu.menu ?? ''} renderEmptyState={() => <p className={styles.none}>No image fits “{text}”.</p>}>
          {({ digest, names, size, os }: (typeof found)[number]) => (
            <ListBoxItem id={digest} textValue={names[0] ?? digest} className={menu.item ?? ''}>
              <span>
                {names[0]}
                <small>{[bytesText(size), ...(os ? [os] : [])].join(' · ')}</small>
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
