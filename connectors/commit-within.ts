/** A commit is not cancelled, since nobody would know what it did; a source that never answers it is hung up on. */
const COMMIT_MS = 30_000;

export async function commitWithin(
  session: { destroy(): void },
  commit: () => Promise<unknown>,
  ms = COMMIT_MS,
): Promise<void> {
  const hangUp = setTimeout(() => session.destroy(), ms);
  try {
    await commit();
  } finally {
    clearTimeout(hangUp);
  }
}
