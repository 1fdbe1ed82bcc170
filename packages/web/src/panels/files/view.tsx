import { severities } from '@plimsoll/model';
import { useId, useMemo } from 'react';
import { Empty } from '../../components/state.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { bytesText, countText } from '../../state/text.ts';
import type { PanelProps } from '../types.ts';
import { type Folder, foldersOf, layOut, type Tile } from './select.ts';
import styles from './view.module.css';

const SIZE = [960, 520] as const;

/** The tab. */
export function View({ report, selection }: PanelProps) {
  const folders = useMemo(() => foldersOf(report, selection), [report, selection]);
  const { tiles, frames } = useMemo(() => layOut(folders, SIZE), [folders]);
  const hatch = useId();
  if (folders.length === 0) {
    return (
      <Empty title="No files">
        <p>The layers of the selection ship none, or the image was indexed before folders were counted: index it again.</p>
      </Empty>
    );
  }
  return (
    <>
      <figure className={styles.figure}>
        <svg className={styles.map} viewBox={`0 0 ${SIZE[0]} ${SIZE[1]}`} aria-hidden="true">
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="2" height="6" className={styles.stripe} />
            </pattern>
          </defs>
          {frames.map(({ layer, x, y, width, height }) => (
            <g key={layer} className={styles.frame}>
              <rect x={x} y={y} width={width} height={height} />
              {width > 56 && height > 14 && (
                <text x={x + 4} y={y + 12}>
                  layer {layer}
                </text>
              )}
            </g>
          ))}
          {tiles.map((tile) => (
            <FolderTile key={`${tile.folder.layer} ${tile.folder.path}`} tile={tile} hatch={`url(#${hatch})`} />
          ))}
        </svg>
        <figcaption className={styles.legend}>
          Area is bytes. Colour is the worst vulnerability of a language package in the folder:
          {severities.map((severity) => (
            <span key={severity}>
              <i className={styles[severity]} /> {severity}
            </span>
          ))}
          <span>
            <i className={styles.hatched} /> shipped but hidden
          </span>
        </figcaption>
      </figure>
      <VirtualList label="Folders" rows={folders.map((folder) => ({ key: `${folder.layer} ${folder.path}`, folder }))} estimate={() => 34}>
        {({ folder }) => <Line folder={folder} />}
      </VirtualList>
    </>
  );
}

function FolderTile({ tile: { folder, x, y, width, height }, hatch }: { readonly tile: Tile; readonly hatch: string }) {
  const wasted = folder.bytes === 0 ? 0 : folder.wastedBytes / folder.bytes;
  const name = nameOf(folder);
  return (
    <g className={`${styles.tile} ${folder.severity ? styles[folder.severity] : ''}`}>
      <title>{`${name} · layer ${folder.layer} · ${bytesText(folder.bytes)}${wasted > 0 ? `, ${bytesText(folder.wastedBytes)} hidden` : ''}`}</title>
      <rect x={x} y={y} width={width} height={height} />
      {wasted > 0 && (
        <rect x={x} y={y + height * (1 - wasted)} width={width} height={height * wasted} fill={hatch} className={styles.waste} />
      )}
      {width > 70 && height > 20 && (
        <text x={x + 5} y={y + 14}>
          {shortened(name, width)}
        </text>
      )}
    </g>
  );
}

/** What fits: some 6.2 units a letter. */
function shortened(name: string, width: number): string {
  const most = Math.floor((width - 10) / 6.2);
  return name.length <= most ? name : `…${name.slice(name.length - most + 1)}`;
}

function nameOf({ path }: Folder): string {
  return path === '' ? 'other folders' : `/${path}`;
}

function Line({ folder }: { readonly folder: Folder }) {
  const { layer, files, bytes, wastedBytes, severity } = folder;
  return (
    <div className={styles.line}>
      <code className={styles.path}>{nameOf(folder)}</code>
      <span className={styles.dim}>
        layer {layer} · {countText(files, 'file')}
        {severity && ` · ${severity}`}
        {wastedBytes > 0 && ` · ${bytesText(wastedBytes)} hidden`}
      </span>
      <span className={styles.size}>{bytesText(bytes)}</span>
    </div>
  );
}
