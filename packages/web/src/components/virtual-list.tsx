import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './virtual-list.module.css';

interface VirtualListProps<Row extends { readonly key: string }> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Height a row is expected to have, in pixels, until it is drawn. */
  readonly estimate: (row: Row) => number;
  readonly children: (row: Row) => ReactNode;
}

/** A list of which only what is in sight is drawn; it scrolls with the page. */
export function VirtualList<Row extends { readonly key: string }>({ label, rows, estimate, children }: VirtualListProps<Row>) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (position) => estimate(rows[position] as Row),
    getItemKey: (position) => rows[position]?.key ?? position,
    overscan: 12,
    scrollMargin: top,
    initialRect: { width: 1000, height: 1000 },
  });
  return (
    <ul ref={list} className={styles.list} style={{ height: virtualizer.getTotalSize() }} aria-label={label}>
      {virtualizer.getVirtualItems().map(({ key, index, start }) => (
        <li
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          className={styles.row}
          style={{ transform: `translateY(${start - top}px)` }}
        >
          {children(rows[index] as Row)}
        </li>
      ))}
    </ul>
  );
}
