import { notify, notifyError, retract } from '../ui/toast-store.ts';
import type { SessionHost } from './engine/session-types.ts';

/** What an app says and asks: by the messages of the page around it, and by `ask`. */
export const tellingHost = (
  ask: SessionHost['confirm'],
): Pick<SessionHost, 'notify' | 'notifyError' | 'retract' | 'confirm'> => ({
  notify: (tone, title, text, from) =>
    notify({ tone: tone === 'info' ? 'ok' : tone, title, ...(text && { text }), ...(from && { from }) }),
  notifyError: (error, from) => notifyError(error, undefined, from),
  retract,
  confirm: ask,
});
