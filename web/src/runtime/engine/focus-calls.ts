/** Given the input that is to have the keyboard; whether it has it now. */
export type FocusListener = (input: string) => boolean | undefined;

/** How long it may take until an input is there that the steps before have shown, or have made one that takes the keyboard. */
const AWAITED_MS = 1_000;

/** Tells who draws an input that it is to have the keyboard: at once, and whoever comes to draw it within a second. */
export function createFocusCalls() {
  const listeners = new Set<FocusListener>();
  let awaited: { readonly input: string; readonly since: number } | undefined;
  const offer = (listener: FocusListener): void => {
    if (awaited !== undefined && listener(awaited.input) === true) awaited = undefined;
  };
  return {
    call(input: string): void {
      awaited = { input, since: performance.now() };
      for (const listener of listeners) offer(listener);
    },
    listen(listener: FocusListener): () => void {
      listeners.add(listener);
      if (awaited !== undefined && performance.now() - awaited.since < AWAITED_MS) offer(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
