import { Modal } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useUnsentWork } from '../lib/unsent-work.ts';
import { Button, type ButtonTone } from './button.tsx';
import { FailureNote } from './failure-note.tsx';

interface FormDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly size?: number;
  /** It shows what is shown only once. */
  readonly once?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog around a form. What stands in it is made anew at each opening: it begins with what is true then, is not begun
 * again while somebody types, and what was typed and not sent goes with it, as does what is shown only once: a press beside
 * it, which may be a slip, does not close it then.
 */
export function FormDialog({ opened, title, size, once = false, onClose, children }: FormDialogProps) {
  const [typed, setTyped] = useState(false);
  useEffect(() => {
    if (!opened) setTyped(false);
  }, [opened]);
  const loses = opened && (typed || once);
  useUnsentWork(() => loses);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      withCloseButton={false}
      closeOnClickOutside={!loses}
    >
      <div onInput={() => setTyped(true)}>{children}</div>
    </Modal>
  );
}

interface DialogFormProps {
  /** The verb, `Save the connection`. */
  readonly submit: string;
  /** The verb in progress, `Saving…`, while it is: nothing is sent twice. */
  readonly busy?: string | false;
  readonly tone?: ButtonTone;
  readonly disabledReason?: string | false | undefined;
  readonly error?: unknown;
  /** The reason stands below the fields that it is about. */
  readonly atFields?: boolean;
  /** At the other end of the line of the buttons. */
  readonly beside?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The form of a dialog: its fields, why it was refused, and its two buttons. */
export function DialogForm(props: DialogFormProps) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!props.busy) props.onSubmit();
  };
  return (
    <form onSubmit={send} className="sp-col sp-g12">
      {props.children}
      <FailureNote error={props.error} atFields={props.atFields} />
      <div className="sp-row sp-dialog-foot">
        {props.beside}
        <Button onClick={props.onClose}>Cancel</Button>
        <Button
          type="submit"
          tone={props.tone ?? 'primary'}
          busy={props.busy}
          disabledReason={props.disabledReason}
        >
          <span className="sp-cut">{props.submit}</span>
        </Button>
      </div>
    </form>
  );
}
