import '../features/entry/entry.css';
import { type ReactNode, useEffect, useRef } from 'react';

/**
 * Hides a kept page until it is decided how that goes on. A browser closes a dialog at the second Escape, or at a phone's
 * second way back, whatever is said against it: it opens again.
 */
export function Covering({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const place = useRef<HTMLDialogElement>(null);
  const open = () => {
    place.current?.showModal();
    place.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
  };
  useEffect(open, []);
  return (
    <dialog
      ref={place}
      className="sp-again"
      aria-label={title}
      onCancel={(event) => event.preventDefault()}
      onClose={open}
    >
      {children}
    </dialog>
  );
}
