import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { seenText } from '../lib/seen-text.ts';
import type { ConfirmDialogProps } from '../ui/confirm-dialog.tsx';
import { rememberFocus } from '../ui/use-focus-return.ts';
import type { Question } from './engine/session-types.ts';
import { oneAtATime } from './one-at-a-time.ts';

interface Asked extends Question {
  readonly answer: (yes: boolean) => void;
  /** The dialog itself does so from its second time on: at the first it comes already open. */
  readonly giveFocusBack: () => void;
}

const WARM_MS = 2_000;
const load = () => import('../ui/confirm-dialog.tsx').then((file) => file.ConfirmDialog);

/**
 * A dialog that an app asks with, and the function that opens it and gives the answer. The dialog comes after the page,
 * before it is needed; where it could not come, the browser's own asks, since a question may stand before a loss. One
 * question at a time: another waits for its turn, so that each gets an answer.
 */
export function useQuestion(): {
  readonly ask: (question: Question) => Promise<boolean>;
  readonly dialog: ReactNode;
} {
  const [asked, setAsked] = useState<Asked>();
  const [Dialog, setDialog] = useState<ComponentType<ConfirmDialogProps>>();
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), WARM_MS);
    return () => clearTimeout(timer);
  }, []);
  const [ask] = useState(() =>
    oneAtATime((question: Question) =>
      load().then(
        (loaded) =>
          new Promise<boolean>((answer) => {
            setDialog(() => loaded);
            setAsked({ ...question, answer, giveFocusBack: rememberFocus() });
          }),
        () => window.confirm(`${question.title}\n${question.text}`),
      ),
    ),
  );
  const settle = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(undefined);
    asked?.giveFocusBack();
  };
  const dialog = Dialog && (
    <Dialog
      opened={asked !== undefined}
      title={seenText(asked?.title ?? '')}
      confirm={seenText(asked?.verb ?? '')}
      danger={asked?.danger === true}
      onClose={() => settle(false)}
      onConfirm={() => settle(true)}
    >
      {seenText(asked?.text ?? '')}
    </Dialog>
  );
  return { ask, dialog };
}
