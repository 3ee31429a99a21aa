import type { ActionTable, EventTable } from './kernel/registered.ts';

interface Brings {
  readonly actions?: ActionTable;
  readonly events?: EventTable;
}

/** Puts together what the contexts bring; two that bring the same name stop the boot. */
export function composeTables(contexts: readonly Brings[]): {
  readonly actions: ActionTable;
  readonly events: EventTable;
} {
  return {
    actions: merge(contexts.map((context) => context.actions ?? {})),
    events: merge(contexts.map((context) => context.events ?? {})),
  };
}

function merge<T>(tables: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  const all: Record<string, T> = {};
  for (const table of tables) {
    for (const [name, row] of Object.entries(table)) {
      if (Object.hasOwn(all, name)) throw new Error(`Two contexts bring ${name}.`);
      all[name] = row;
    }
  }
  return all;
}
