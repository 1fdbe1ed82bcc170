import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import styles from './copy-button.module.css';

/** Copies a text; says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <Button className={styles.copy ?? ''} aria-label={copied ? 'Copied' : label} onPress={() => void copy()}>
      {copied ? <Check size={13} /> : <Copy size={13} />}
    </Button>
  );
}
