import pg from 'pg';

const UNIQUE_VIOLATION = '23505';
/** A failure that took longer was no cut connection but a server that does not answer: the caller has waited enough. */
const SOON_MS = 1_000;

/**
 * Runs an insert of rows with ids of their own; when the connection is lost, once more on another. Whether the first was
 * committed cannot be known then, but the ids tell: that the second finds them there is success.
 */
export async function insertOnce(insert: () => Promise<void>): Promise<void> {
  const start = performance.now();
  try {
    await insert();
  } catch (error) {
    if (!isLost(error) || performance.now() - start > SOON_MS) throw error;
    await insert().catch((second: unknown) => {
      if (!(second instanceof pg.DatabaseError) || second.code !== UNIQUE_VIOLATION) throw second;
    });
  }
}

function isLost(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.severity === 'FATAL';
}
