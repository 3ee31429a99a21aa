/** One opening of an editor. The other tabs of this browser know of it while it goes on, and no longer. */
export interface Visit {
  readonly id: string;
  readonly end: () => void;
}

const PREFIX = 'sallyport.visit.';

/** A visit ends by itself with its page, however that ends: the browser frees the lock. */
export function beginVisit(): Visit {
  const id = crypto.randomUUID();
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  void navigator.locks.request(PREFIX + id, () => ended);
  return { id, end };
}

/** The visits that go on now, in any tab: what they keep is not left over. */
export async function visitsGoingOn(): Promise<Set<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
