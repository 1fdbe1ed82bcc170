import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { basesQuery, pinBase } from '../../api/queries.ts';
import { ActionButton } from '../../components/button.tsx';
import styles from './hierarchy.module.css';

/** Where a person says which base it is, if what was found is wrong; or takes that back. */
export function PinBase({ digest, pinned }: { readonly digest: string; readonly pinned: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const id = useId();
  const client = useQueryClient();
  const { data: bases = [] } = useQuery({ ...basesQuery, enabled: isOpen });
  const { mutate, error, isPending } = useMutation({
    mutationFn: (wanted: string | undefined) => pinBase(digest, wanted),
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries({ queryKey: ['images'] });
    },
  });
  if (pinned !== undefined) {
    return (
      <p className={styles.pin}>
        <span>
          A person said that the base is <b>{pinned}</b>.
        </span>
        <ActionButton kind="quiet" onPress={() => mutate(undefined)} isDisabled={isPending}>
          Take it back
        </ActionButton>
      </p>
    );
  }
  if (!isOpen) {
    return (
      <p className={styles.pin}>
        <ActionButton kind="quiet" onPress={() => setOpen(true)}>
          This is wrong…
        </ActionButton>
      </p>
    );
  }
  const names = [...new Set(bases.map((base) => base.name))];
  return (
    <form
      className={styles.pin}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') mutate(name.trim());
      }}
    >
      <label>
        The base is{' '}
        <input
          className={styles.input}
          list={id}
          value={name}
          onChange={({ target }) => setName(target.value)}
          placeholder="debian:12-slim"
          spellCheck={false}
          maxLength={512}
        />
      </label>
      <datalist id={id}>
        {names.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <ActionButton type="submit" isDisabled={isPending || name.trim() === ''}>
        Keep it
      </ActionButton>
      <ActionButton kind="quiet" onPress={() => setOpen(false)}>
        Cancel
      </ActionButton>
      {error && <span role="alert">{error.message}</span>}
    </form>
  );
}
