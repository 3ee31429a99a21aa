import { useEffect } from 'react';

const parts = new Set<() => boolean>();

/** Whether a part of the page holds what would be lost with the page: typed and not sent, or shown only once. */
export const holdsUnsentWork = (): boolean => [...parts].some((holds) => holds());

/** Says of a part of the page whether it holds such: the page then stays under an interruption of the session. */
export function useUnsentWork(holds: () => boolean): void {
  useEffect(() => {
    // The same question may be of two parts.
    const part = () => holds();
    parts.add(part);
    return () => {
      parts.delete(part);
    };
  });
}
