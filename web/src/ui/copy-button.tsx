import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { IconButton } from './icon-button.tsx';

/** Copies a text and says that it did. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  const timer = useRef(0);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setCopied(false), 2_000);
  };
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <IconButton
      small
      label={copied ? 'Copied' : label}
      icon={<Icon size={14} stroke={2} aria-hidden="true" />}
      onClick={() => void copy()}
    />
  );
}
