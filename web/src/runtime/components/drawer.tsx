import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { useEscape } from './use-escape.ts';

/** A panel beside the page that leaves it in use; a full page on a narrow screen. Escape closes it. */
export function Drawer({
  title,
  close,
  offer,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  /** Shown where it covers the page, which offers the same. */
  readonly offer: ReactNode;
  readonly children: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  useFocusReturn();
  useEscape(close, () => document.querySelector('[aria-modal="true"]') === null);
  useEffect(() => {
    // On a narrow screen it covers the page, so the keyboard follows it there.
    if (window.matchMedia('(max-width: 720px)').matches) panel.current?.focus();
  }, []);
  return (
    <aside className="rt-drawer" aria-label={title || 'Detail'} ref={panel} tabIndex={-1}>
      <header className="rt-drawer-head">
        <h2 className="sp-grow sp-cut">{title}</h2>
        <IconButton
          label="Close"
          icon={<IconX size={16} stroke={1.75} aria-hidden="true" />}
          onClick={close}
        />
      </header>
      {offer}
      <div className="rt-drawer-body">{children}</div>
    </aside>
  );
}
