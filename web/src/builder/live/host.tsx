import { type ReactNode, useMemo } from 'react';
import type { SessionHost } from '../../runtime/engine/session-types.ts';
import { useQuestion } from '../../runtime/question-dialog.tsx';
import { notify, notifyError, retract } from '../../ui/toast-store.ts';
import type { Builder } from '../builder-context.ts';

/** What handlers do outside the app while it is previewed: pages change here, addresses open in another tab. */
export function useHost(builder: Builder): { host: SessionHost; dialogs: ReactNode } {
  const { ask, dialog } = useQuestion();
  const host = useMemo(
    (): SessionHost => ({
      notify: (tone, title, text, from) =>
        notify({ tone: tone === 'info' ? 'ok' : tone, title, ...(text && { text }), ...(from && { from }) }),
      notifyError: (error, from) => notifyError(error, undefined, from),
      retract,
      confirm: ask,
      goToPage: (slug) => builder.editor.getState().showPage(slug),
      openAddress: (address) => void window.open(address, '_blank', 'noopener'),
    }),
    [builder, ask],
  );
  return { host, dialogs: dialog };
}
