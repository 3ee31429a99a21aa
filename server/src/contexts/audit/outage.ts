import type { Clock } from '../../kernel/clock.ts';

/** Since when this node has tried in vain to write the log. */
export interface Outage {
  /** When it began, ISO 8601; null while the last attempt succeeded. */
  readonly since: string | null;
  /** Takes the outcome of an attempt, and passes it on. */
  watch<T>(attempt: Promise<T>): Promise<T>;
}

export function createOutage(clock: Clock): Outage {
  let since: string | null = null;
  return {
    get since() {
      return since;
    },
    watch: async (attempt) => {
      try {
        const done = await attempt;
        since = null;
        return done;
      } catch (error) {
        since ??= new Date(clock.now()).toISOString();
        throw error;
      }
    },
  };
}
