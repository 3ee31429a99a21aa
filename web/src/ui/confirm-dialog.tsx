import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DialogForm, FormDialog } from './form-dialog.tsx';

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
export function ConfirmDialog({ opened, title, ...question }: ConfirmDialogProps) {
  return (
    <FormDialog opened={opened} onClose={question.onClose} title={title}>
      <Question {...question} />
    </FormDialog>
  );
}

function Question({
  children,
  confirm,
  busy,
  name,
  danger,
  error,
  onConfirm,
  onClose,
}: Omit<ConfirmDialogProps, 'opened' | 'title'>) {
  const [typed, setTyped] = useState('');
  // What an earlier question came to is no answer to this one.
  const [sent, setSent] = useState(false);
  const missing = name !== undefined && typed.trim() !== name;
  return (
    <DialogForm
      submit={confirm}
      busy={busy ?? false}
      tone={danger || name !== undefined ? 'danger-fill' : 'primary'}
      disabledReason={missing && `Type ${name} first.`}
      error={sent ? error : undefined}
      onSubmit={() => {
        if (missing) return;
        setSent(true);
        onConfirm();
      }}
      onClose={onClose}
    >
      <div className="sp-t2">{children}</div>
      {name !== undefined && (
        <TextInput
          label={`Type ${name} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
        />
      )}
    </DialogForm>
  );
}
