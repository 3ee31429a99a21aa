import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { Question } from './engine/session-types.ts';

const ConfirmDialog = lazy(async () => ({
  default: (await import('../ui/confirm-dialog.tsx')).ConfirmDialog,
}));

interface Asked extends Question {
  readonly answer: (yes: boolean) => void;
}

/** A dialog that an app asks with, and the function that opens it and gives the answer. */
export function useQuestion(): {
  readonly ask: (question: Question) => Promise<boolean>;
  readonly dialog: ReactNode;
} {
  const [asked, setAsked] = useState<Asked>();
  const [begun, setBegun] = useState(false);
  const ask = useCallback(
    (question: Question) =>
      new Promise<boolean>((answer) => {
        setBegun(true);
        setAsked({ ...question, answer });
      }),
    [],
  );
  const settle = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(undefined);
  };
  const dialog = begun && (
    <Suspense>
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
    </Suspense>
  );
  return { ask, dialog };
}
