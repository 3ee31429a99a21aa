/**
 * Waits for an answer of a source, but not for ever: a frozen server, or a network that lost it, says nothing at all, and
 * would hold a run and its place in the pool. `late` ends the connection and tells the error.
 */
export async function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    // Whatever it comes to later, nobody waits for it.
    work.catch(() => undefined);
  }
}
