import { explainError } from '../lib/explain-error.ts';
import { reloadFor } from '../lib/reload-for.ts';

export interface ToastItem {
  readonly id: number;
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly title: string;
  readonly text?: string;
  /** What said it, such as a button of an app: a next try takes the failure back. */
  readonly from?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

let items: readonly ToastItem[] = [];
let last = 0;
const listeners = new Set<() => void>();
function set(next: readonly ToastItem[]): void {
  items = next;
  for (const listener of listeners) listener();
}

export const toasts = {
  read: (): readonly ToastItem[] => items,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const dismiss = (id: number): void => set(items.filter((item) => item.id !== id));

/** Takes back the failures of something that is tried again. */
export const retract = (from: string): void =>
  set(items.filter((item) => item.from !== from || item.tone !== 'bad'));

/** Says what happened, bottom right; at most four at once. The same words again take the place of the first. */
export function notify(toast: Omit<ToastItem, 'id'>): void {
  last += 1;
  const others = items.filter(
    (item) => item.tone !== toast.tone || item.title !== toast.title || item.text !== toast.text,
  );
  set([...others.slice(-3), { ...toast, id: last }]);
}

/** Says what failed, with why, the next step and the id to quote. `title`: `The source was not paused`. */
export function notifyError(error: unknown, title?: string, from?: string): void {
  const said = explainError(error);
  const text = [
    title ? said.title : '',
    said.detail ?? '',
    said.next,
    said.requestId ? `Request ${said.requestId}` : '',
  ];
  const reload = reloadFor(error);
  notify({
    tone: 'bad',
    title: title ?? said.title,
    text: text.filter(Boolean).join(' '),
    ...(from && { from }),
    ...(reload && { action: { label: 'Reload', run: reload } }),
  });
}
