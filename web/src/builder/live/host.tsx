import { type ReactNode, useMemo, useState } from 'react';
import type { SessionHost } from '../../runtime/engine/session-types.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';
import type { Builder } from '../builder-context.ts';

interface Question {
  readonly text: string;
  readonly verb: string;
  readonly answer: (yes: boolean) => void;
}

/** What handlers do outside the app while it is previewed: pages change here, addresses open in another tab. */
export function useHost(builder: Builder): { host: SessionHost; dialogs: ReactNode } {
  const [question, setQuestion] = useState<Question>();
  const host = useMemo(
    (): SessionHost => ({
      notify: (tone, title, text) =>
        notify({ tone: tone === 'info' ? 'ok' : tone, title, ...(text && { text }) }),
      notifyError: (error, title) => notifyError(error, title),
      confirm: (text, verb) => new Promise((answer) => setQuestion({ text, verb, answer })),
      goToPage: (slug) => builder.editor.getState().showPage(slug),
      openAddress: (address) => void window.open(address, '_blank', 'noopener'),
    }),
    [builder],
  );
  const settle = (yes: boolean) => {
    question?.answer(yes);
    setQuestion(undefined);
  };
  const dialogs = (
    <ConfirmDialog
      opened={question !== undefined}
      title={question?.text ?? ''}
      confirm={question?.verb ?? ''}
      onClose={() => settle(false)}
      onConfirm={() => settle(true)}
    >
      It runs in the draft, in the environment that is chosen above.
    </ConfirmDialog>
  );
  return { host, dialogs };
}
