import { Place } from './large-answers.ts';
import type { ConnectorError } from './port.ts';
import type { RowLimit } from './row-limit.ts';

/** The catalogue of the largest database that is read, of 20,000 tables, is half of this. */
const MOST_BYTES = 128 * 1024 * 1024;

/** Asks several of our own statements, whose answers are gathered: together they are bounded, and large ones wait for a place. */
export async function look<T>(
  session: { readonly rowLimit: RowLimit; destroy(): void },
  work: () => Promise<T>,
  holder: string | undefined,
  signal: AbortSignal | undefined,
): Promise<T> {
  const place = new Place(holder, signal);
  let stopped: ConnectorError | undefined;
  const stop = (reason: ConnectorError) => {
    stopped = reason;
    session.destroy();
  };
  session.rowLimit.begin({ rows: () => 0, watch: { stop }, place, gathers: true, most: MOST_BYTES });
  try {
    return await work();
  } catch (error) {
    throw stopped ?? error;
  } finally {
    session.rowLimit.end();
    place.end();
  }
}
