import type { SlotChange } from '../sandbox/messages.ts';
import type { Sandbox } from '../sandbox/open-sandbox.ts';
import { pathValue } from './path-value.ts';

/** What expressions can read, as the page holds it; changes of one turn reach the sandbox as one message. */
export interface Slots {
  set(root: string, property: string, value: unknown): void;
  /** Keeps a value that the sandbox already has. */
  mirror(root: string, property: string, value: unknown): void;
  read(path: readonly string[]): unknown;
  /** Sends what waits, now: before something is evaluated on demand. */
  flush(): void;
}

export function createSlots(sandbox: Sandbox): Slots {
  const scope: Record<string, Record<string, unknown>> = {};
  let waiting = new Map<string, SlotChange>();
  const flush = (): void => {
    if (waiting.size === 0) return;
    const changes = [...waiting.values()];
    waiting = new Map();
    sandbox.set(changes);
  };
  const mirror = (root: string, property: string, value: unknown): void => {
    scope[root] ??= {};
    scope[root][property] = value;
  };
  return {
    set(root, property, value) {
      const known = scope[root];
      if (known !== undefined && Object.hasOwn(known, property) && Object.is(known[property], value)) return;
      mirror(root, property, value);
      if (waiting.size === 0) queueMicrotask(flush);
      waiting.set(`${root}.${property}`, [root, property, value]);
    },
    mirror,
    read: (path) => pathValue(scope, path),
    flush,
  };
}
