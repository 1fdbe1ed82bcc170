import { CircleAlert, Loader } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { ActionButton } from './button.tsx';
import styles from './state.module.css';

/** Nothing here, and why, and what to do. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Something is on its way. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div className={styles.state} role="status">
      <Loader size={20} className={styles.spin} />
      <p>Loading {what} …</p>
    </div>
  );
}

/** Something failed: what was being done, and what to try. */
export function Failed({ what, error, retry }: { readonly what: string; readonly error: unknown; readonly retry?: () => void }) {
  const problem = error instanceof ApiError ? error : undefined;
  return (
    <div className={styles.state} role="alert">
      <CircleAlert size={20} className={styles.fault} />
      <h2>Loading {what} failed</h2>
      <p>{problem ? `${problem.message} (${problem.code})` : String(error)}</p>
      {problem?.hint && <p className={styles.hint}>Try: {problem.hint}</p>}
      {retry && <ActionButton onPress={retry}>Try again</ActionButton>}
    </div>
  );
}
