import type { PersonActor } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import type { Clock } from '../../kernel/clock.ts';

/** More than a page that lost its audience sends, and then one in so long: a record each, for every person of a node. */
const AT_ONCE = 300;
const EVERY_MS = 6_000;
const FULL_MS = AT_ONCE * EVERY_MS;

/** What was refused and has no record of its own. */
export interface Unrecorded {
  /** The last of them. */
  readonly call: Call<PersonActor>;
  readonly count: number;
  /** What they asked for, of the contract's operations. */
  readonly operations: ReadonlySet<string>;
  /** When the first of them came, ISO 8601. */
  readonly since: string;
}

/** Keeps a flood of refused calls from becoming a flood of records (A9): beyond what is fair they are counted. */
export interface RefusalBrake {
  /** 0: record it. Otherwise it was counted, and the next is recorded in so many seconds. */
  take(call: Call<PersonActor>, operation: string): number;
  /** What was counted since it was last asked; the caller records it, or gives it back. */
  counted(): Unrecorded[];
  giveBack(unrecorded: Unrecorded): void;
}

interface Entry {
  /** Milliseconds: a record costs `EVERY_MS`. */
  left: number;
  at: number;
  unrecorded: Unrecorded | undefined;
}

export function createRefusalBrake(clock: Clock): RefusalBrake {
  const entries = new Map<string, Entry>();
  const keyOf = ({ actor }: Call<PersonActor>) => `${actor.organizationId}/${actor.personId}`;
  const current = (key: string): Entry => {
    const now = clock.now();
    const entry = entries.get(key) ?? { left: FULL_MS, at: now, unrecorded: undefined };
    entry.left = Math.min(FULL_MS, entry.left + Math.max(0, now - entry.at));
    entry.at = now;
    entries.set(key, entry);
    return entry;
  };
  return {
    take: (call, operation) => {
      const entry = current(keyOf(call));
      if (entry.left >= EVERY_MS) {
        entry.left -= EVERY_MS;
        return 0;
      }
      const { count = 0, since = new Date(entry.at).toISOString(), operations = [] } = entry.unrecorded ?? {};
      entry.unrecorded = { call, count: count + 1, since, operations: new Set([...operations, operation]) };
      return Math.ceil((EVERY_MS - entry.left) / 1_000);
    },
    counted: () => {
      const all: Unrecorded[] = [];
      for (const key of [...entries.keys()]) {
        const entry = current(key);
        if (entry.unrecorded !== undefined) all.push(entry.unrecorded);
        entry.unrecorded = undefined;
        // As one who was never refused.
        if (entry.left >= FULL_MS) entries.delete(key);
      }
      return all;
    },
    giveBack: ({ call, count, since, operations }) => {
      const entry = current(keyOf(call));
      entry.unrecorded = {
        call: entry.unrecorded?.call ?? call,
        count: count + (entry.unrecorded?.count ?? 0),
        since,
        operations: new Set([...operations, ...(entry.unrecorded?.operations ?? [])]),
      };
    },
  };
}
