import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { ONE_COLUMN, useMedia } from '../../state/media.ts';
import panel from './panel.module.css';

interface SectionProps {
  /** Also the id of the heading, with `-title` behind it. */
  readonly id: string;
  readonly title: string;
  /** Beside the title. */
  readonly detail?: ReactNode;
  /** At the right. */
  readonly aside?: ReactNode;
  /** Whether it is open at first where there is one column only; with two it always is. */
  readonly isOpen: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A part of the left column; in one column its heading opens and closes it. */
export function Section({ id, title, detail, aside, isOpen: isOpenAtFirst, className = '', children }: SectionProps) {
  const isNarrow = useMedia(ONE_COLUMN);
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const body = useId();
  const shows = !isNarrow || isOpen;
  return (
    <section className={`${panel.panel} ${className}`} aria-labelledby={`${id}-title`}>
      <div className={`${panel.head} ${shows ? '' : panel.shut}`}>
        <h2 id={`${id}-title`}>
          {isNarrow ? (
            <button type="button" className={panel.fold} aria-expanded={isOpen} aria-controls={body} onClick={() => setOpen(!isOpen)}>
              {title}
            </button>
          ) : (
            title
          )}
        </h2>
        {detail !== undefined && <span className={panel.dim}>{detail}</span>}
        <span className={panel.aside}>
          {aside}
          {isNarrow && <ChevronDown size={16} className={isOpen ? panel.turned : ''} aria-hidden="true" />}
        </span>
      </div>
      <div id={body} hidden={!shows} className={panel.body}>
        {children}
      </div>
    </section>
  );
}
