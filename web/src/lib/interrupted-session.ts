import type { Me } from '@sallyport/contract';

/** Why a page that may hold unsent work cannot go on: the session ended, or the browser's session is another one now. */
export type Interruption = { readonly why: 'ended' } | { readonly why: 'changed'; readonly now: Me };

let present: Interruption | undefined;
const listeners = new Set<() => void>();
const resumptions = new Set<() => void>();
function set(next: Interruption | undefined): void {
  if (present === next) return;
  present = next;
  for (const listener of listeners) listener();
}

/** What stands between a kept page and its person. */
export const interruptedSession = {
  read: (): Interruption | undefined => present,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  begin(interruption: Interruption): void {
    // A call that was under way as the one before is refused, and says nothing of the session that the browser has now.
    if (interruption.why === 'ended' && present?.why === 'changed') return;
    set(interruption);
  },
  over: (): void => set(undefined),
  /** Names what happens when the same person goes on under a new session: what was refused meanwhile can be sent. */
  onResume(listener: () => void): () => void {
    resumptions.add(listener);
    return () => resumptions.delete(listener);
  },
  resume(): void {
    if (present === undefined) return;
    set(undefined);
    for (const listener of resumptions) listener();
  },
};
