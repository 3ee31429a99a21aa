import { Modal } from '@mantine/core';
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { useEscape } from './use-escape.ts';

const SIZES: Readonly<Record<string, number>> = { small: 440, medium: 640, large: 920 };
/** What opens a list when it is focused is left to the person. */
const FIELD = ':is(input, textarea):not(:disabled, [aria-haspopup], [data-dates-input])';

/** A dialog over the page. The keyboard starts in its first field, not on its Close, and goes back afterwards. */
export function Dialog({
  title,
  size,
  close,
  children,
}: {
  readonly title: string;
  readonly size: string;
  readonly close: () => void;
  readonly children: ReactNode;
}) {
  const body = useRef<HTMLDivElement>(null);
  useFocusReturn();
  useEscape(
    close,
    () => [...document.querySelectorAll('[aria-modal="true"]')].at(-1)?.contains(body.current) === true,
  );
  return (
    <Modal
      opened
      onClose={close}
      closeOnEscape={false}
      title={title}
      size={SIZES[size] ?? 640}
      classNames={{ content: 'rt-dialog' }}
    >
      <Body ref={body}>{children}</Body>
    </Modal>
  );
}

function Body({
  ref,
  children,
}: {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}) {
  useLayoutEffect(() => {
    // The trap around the dialog looks for this mark once, when all of it is there.
    const first = ref.current?.querySelector('input, textarea, .mantine-DateTimePicker-input');
    (first?.matches(FIELD) ? first : ref.current)?.setAttribute('data-autofocus', '');
  }, [ref]);
  return (
    <div ref={ref} className="rt-dialog-body" tabIndex={-1}>
      {children}
    </div>
  );
}
