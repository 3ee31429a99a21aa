import { Modal, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { explainError } from '../lib/explain-error.ts';
import { Button } from './button.tsx';
import { Note } from './note.tsx';

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A question: `Remove billing?` */
  readonly title: string;
  /** The effect. */
  readonly children: ReactNode;
  /** The verb again: `Remove billing`. */
  readonly confirm: string;
  readonly busy?: string | false;
  /** For what cannot be undone: the name to be typed. */
  readonly name?: string;
  readonly danger?: boolean;
  readonly error?: unknown;
  readonly onConfirm: () => void;
}

/** Asks before an effect; the irreversible asks for the name. */
export function ConfirmDialog({
  opened,
  onClose,
  title,
  children,
  confirm,
  busy,
  name,
  danger,
  error,
  onConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (opened) setTyped('');
  }, [opened]);
  const missing = name !== undefined && typed.trim() !== name;
  return (
    <Modal opened={opened} onClose={onClose} title={title} withCloseButton={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !busy) onConfirm();
        }}
      >
        <div className="sp-t2">{children}</div>
        {name !== undefined && (
          <TextInput
            mt={12}
            label={`Type ${name} to go on`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
          />
        )}
        {error !== undefined && error !== null && (
          <div style={{ marginTop: 12 }}>
            <Note tone="bad" title={explainError(error).title}>
              {explainError(error).next}
            </Note>
          </div>
        )}
        <div className="sp-row sp-dialog-foot" style={{ marginTop: 16 }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone={danger || name !== undefined ? 'danger-fill' : 'primary'}
            busy={busy}
            disabledReason={missing ? `Type ${name} first.` : false}
          >
            <span className="sp-cut">{confirm}</span>
          </Button>
        </div>
      </form>
    </Modal>
  );
}
