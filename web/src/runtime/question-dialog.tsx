import { type ReactNode, useCallback, useState } from 'react';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import type { Question } from './engine/session-types.ts';

interface Asked extends Question {
  readonly answer: (yes: boolean) => void;
}

/** A dialog that an app asks with, and the function that opens it and gives the answer. */
export function useQuestion(): {
  readonly ask: (question: Question) => Promise<boolean>;
  readonly dialog: ReactNode;
} {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback(
    (question: Question) => new Promise<boolean>((answer) => setAsked({ ...question, answer })),
    [],
  );
  const settle = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(undefined);
  };
  const dialog = (
    <ConfirmDialog
      opened={asked !== undefined}
      title={asked?.title ?? ''}
      confirm={asked?.verb ?? ''}
      danger={asked?.danger === true}
      onClose={() => settle(false)}
      onConfirm={() => settle(true)}
    >
      {asked?.text}
    </ConfirmDialog>
  );
  return { ask, dialog };
}
