import { type RefObject, useEffect } from 'react';

/**
 * The key `/` goes to an input from anywhere on the page. Where several ask for it, the one on the page comes before the one in the bar.
 * @param where `page` for the input of a page's own list, `bar` for the one at the top
 */
export function useSlashKey(input: RefObject<HTMLInputElement | null>, where: 'page' | 'bar'): void {
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    // The window hears of a key after the document has.
    const place = where === 'page' ? document : window;
    place.addEventListener('keydown', jump as EventListener);
    return () => place.removeEventListener('keydown', jump as EventListener);
  }, [input, where]);
}
