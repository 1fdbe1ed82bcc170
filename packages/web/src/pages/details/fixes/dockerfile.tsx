import type { DockerfileAdvice, DockerfileChange, Report } from '@plimsoll/model';
import { useMutation } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';
import { ApiError } from '../../../api/client.ts';
import { readDockerfile } from '../../../api/queries.ts';
import { ActionButton, Chip } from '../../../components/button.tsx';
import styles from './fixes.module.css';

interface Given {
  readonly text: string;
  readonly file: string;
  /** What `--build-arg` gave. */
  readonly arguments?: Readonly<Record<string, string>>;
}

interface DockerfileState {
  readonly advice: DockerfileAdvice | undefined;
  readonly fault: unknown;
  /** Whether it is the one that the build attests. */
  readonly isAttested: boolean;
  readonly pin: boolean;
  readonly read: (given: Given) => void;
  readonly setPin: (pin: boolean) => void;
  readonly forget: () => void;
}

const State = createContext<DockerfileState | undefined>(undefined);
/** As large as the server takes. */
const MAX_DOCKERFILE = 1_000_000;

/** Keeps the Dockerfile that the build attests, or that a person gave, while the drawer is open; it is sent to be read and kept nowhere. */
export function DockerfileProvider({ report, children }: { readonly report: Report; readonly children: ReactNode }) {
  const { digest, provenance } = report.inventory.image;
  const attested = provenance?.dockerfile;
  const [given, setGiven] = useState<Given | undefined>(attested);
  const [pin, setPin] = useState(false);
  const { data, error, mutate, reset } = useMutation({
    mutationFn: (wanted: Given & { readonly pin: boolean }) => readDockerfile(digest, wanted),
  });
  useEffect(() => {
    if (attested) mutate({ ...attested, pin: false });
  }, [attested, mutate]);
  const state: DockerfileState = {
    advice: given && data,
    fault: error,
    isAttested: given !== undefined && given === attested,
    pin,
    read: (file) => {
      setGiven(file);
      mutate({ ...file, pin });
    },
    setPin: (wanted) => {
      setPin(wanted);
      if (given) mutate({ ...given, pin: wanted });
    },
    forget: () => {
      setGiven(undefined);
      reset();
    },
  };
  return <State value={state}>{children}</State>;
}

/** The change of the given Dockerfile that a candidate asks for; undefined where no file was given, or it does not show it. */
export function useDockerfileChange(
  fits: (change: DockerfileChange) => boolean,
): (DockerfileChange & { readonly file: string }) | undefined {
  const { advice } = use(State) ?? {};
  const change = advice?.changes.find(fits);
  return advice && change && { ...change, file: advice.file };
}

/** Whether digests are wanted in FROM lines. */
export function usePin(): boolean {
  return use(State)?.pin ?? false;
}

/** Where a person gives the Dockerfile: dropped or chosen. */
export function DockerfileInput() {
  const state = use(State);
  if (!state) return null;
  const { advice, fault, isAttested, pin, read, setPin, forget } = state;
  const take = async (file: File | undefined) => {
    if (file && file.size <= MAX_DOCKERFILE) read({ text: await file.text(), file: file.name });
  };
  return (
    <DropZone
      className={({ isDropTarget }) => `${styles.file} ${isDropTarget ? styles.over : ''}`}
      aria-label="Dockerfile"
      onDrop={async ({ items }) => {
        const [item] = items;
        if (item?.kind === 'file') await take(await item.getFile());
      }}
    >
      <div className={styles.row}>
        <FileText size={16} className={styles.dim} />
        <span className={styles.grow}>
          {advice ? (
            <>
              Changes are shown in <b>{advice.file}</b>
              {isAttested && ', which the build attests'}
            </>
          ) : (
            'Drop the Dockerfile here to see each change in it. It is read and not kept.'
          )}
        </span>
        <Chip isSelected={pin} onChange={setPin}>
          pin digests
        </Chip>
        {advice ? (
          <ActionButton onPress={forget}>Forget it</ActionButton>
        ) : (
          <FileTrigger onSelect={(files) => void take(files?.[0])}>
            <ActionButton>Choose file</ActionButton>
          </FileTrigger>
        )}
      </div>
      {advice?.notes.map((note) => (
        <p key={note} className={styles.notes}>
          {note}
        </p>
      ))}
      {fault instanceof ApiError && (
        <p className={styles.fault} role="alert">
          {fault.message}
        </p>
      )}
    </DropZone>
  );
}
