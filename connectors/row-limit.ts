import type { Readable } from 'node:stream';
import { ConnectorError } from './port.ts';
import type { RunWatch } from './run-watch.ts';

/** A row that is larger than this ends the run instead of filling memory, whatever the whole answer may have. */
const ROW_BYTES = 16 * 1024 * 1024;
/** What may arrive together with a row: the rest of the rows before it, as much as is read at once. */
const SLACK = 256 * 1024;

/**
 * Stops when more bytes arrive than one row may have and no row comes of them: the drivers gather a row in memory
 * before they hand it on. Returns the way to stop looking.
 */
export function limitRow(stream: Readable, rows: () => number, watch: RunWatch): () => void {
  const limit = ROW_BYTES + SLACK;
  let since = 0;
  let seen = 0;
  const onData = (chunk: Buffer) => {
    if (rows() !== seen) {
      seen = rows();
      since = 0;
    }
    since += chunk.length;
    if (since <= limit) return;
    stream.off('data', onData);
    watch.stop(
      new ConnectorError('source_row_too_large', 'One row of the answer is larger than a row may be.'),
    );
    stream.destroy();
  };
  stream.on('data', onData);
  return () => void stream.off('data', onData);
}
