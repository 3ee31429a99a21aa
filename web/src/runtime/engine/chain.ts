/** So many events, each begun by a step of the one before, are no app but a circle; nor are so many of one act in all. */
const DEEPEST = 20;
const MOST_EVENTS = 200;

/** How many events stand before this one, each begun by the one before, and how many the first has begun in all. */
export interface Chain {
  readonly depth: number;
  readonly act: { events: number };
}

/** Of an act, or of a page that opens. */
export const beginChain = (): Chain => ({ depth: 0, act: { events: 0 } });

/** What an event of this chain begins goes on with; throws when there were too many. */
export function goOn({ depth, act }: Chain): Chain {
  act.events += 1;
  if (depth === DEEPEST || act.events > MOST_EVENTS)
    throw new Error('Its steps trigger each other endlessly.');
  return { depth: depth + 1, act };
}
