import type { SlotChange } from '../sandbox/messages.ts';
import type { Sandbox } from '../sandbox/open-sandbox.ts';
import { pathValue } from './path-value.ts';

/** What expressions can read, as the page holds it; changes of one turn reach the sandbox as one message. */
export interface Slots {
  set(root: string, property: string, value: unknown): void;
  /** Keeps a value that the sandbox already has. */
  mirror(root: string, property: string, value: unknown): void;
  read(path: readonly string[]): unknown;
  /** Sends what waits, now: before something is evaluated on demand; with all that these templates name. */
  flush(templates?: readonly string[]): void;
  /** Names what expressions read (`q.data`, or `q` for the whole): only that is sent from now on. */
  use(slots: ReadonlySet<string>): void;
}

export function createSlots(sandbox: Sandbox): Slots {
  const scope: Record<string, Record<string, unknown>> = {};
  let waiting = new Map<string, SlotChange>();
  /** The newest values of slots that nothing reads: a table's hundred thousand rows are not copied for nobody. */
  const held = new Map<string, SlotChange>();
  let used: ReadonlySet<string> | null = null;
  const isUsed = ([root, property]: SlotChange): boolean =>
    used === null || used.has(root) || used.has(`${root}.${property}`);
  const release = (wanted: (change: SlotChange) => boolean): void => {
    for (const [key, change] of held) {
      if (!wanted(change)) continue;
      held.delete(key);
      if (!waiting.has(key)) waiting.set(key, change);
    }
  };
  const flush = (templates: readonly string[] = []): void => {
    if (templates.length > 0) release(([root]) => templates.some((text) => text.includes(root)));
    const changes: SlotChange[] = [];
    for (const [key, change] of waiting) {
      if (isUsed(change) || templates.some((text) => text.includes(change[0]))) changes.push(change);
      else held.set(key, change);
    }
    waiting = new Map();
    if (changes.length > 0) sandbox.set(changes);
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
      if (waiting.size === 0) queueMicrotask(() => flush());
      held.delete(`${root}.${property}`);
      waiting.set(`${root}.${property}`, [root, property, value]);
    },
    mirror,
    read: (path) => pathValue(scope, path),
    flush,
    use(slots) {
      used = slots;
      release(isUsed);
      flush();
    },
  };
}
