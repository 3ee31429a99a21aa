import { IconCheck, IconCopy, IconLink } from '@tabler/icons-react';
import { type ComponentPropsWithRef, useRef, useState } from 'react';
import { IconButton } from './icon-button.tsx';
import { notify } from './toast-store.ts';

export interface CopyButtonProps
  extends Pick<ComponentPropsWithRef<'button'>, 'autoFocus' | 'aria-describedby'> {
  readonly text: string;
  readonly label?: string;
  /** The address of what is shown, beside the other buttons of its panel. */
  readonly link?: boolean;
}

/** Copies a text and says that it did, or that the browser did not let it. */
export function CopyButton({ text, label = 'Copy', link = false, ...rest }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const timer = useRef(0);
  const copy = async () => {
    try {
      // Undefined where the page came over plain HTTP from another machine.
      await navigator.clipboard.writeText(text);
    } catch {
      notify({
        tone: 'bad',
        title: 'Could not copy.',
        text: 'Your browser only lets pages copy over HTTPS and with permission. Select the text and copy it yourself.',
      });
      return;
    }
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setCopied(false), 2_000);
  };
  const Icon = copied ? IconCheck : link ? IconLink : IconCopy;
  return (
    <>
      <IconButton
        {...rest}
        small={!link}
        label={label}
        icon={<Icon size={link ? 16 : 14} stroke={link ? 1.75 : 2} aria-hidden="true" />}
        onClick={() => void copy()}
      />
      {/* The mark in its place is seen; of a button that has the keyboard, another name is not read out. */}
      <span role="status" className="sp-visually-hidden">
        {copied && 'Copied'}
      </span>
    </>
  );
}
