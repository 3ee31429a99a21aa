import type { Readable } from 'node:stream';
import { ConnectorError } from './port.ts';
import type { RunWatch } from './run-watch.ts';

/** A row that is larger than this ends the run instead of filling memory, whatever the whole answer may have. */
const ROW_BYTES = 16 * 1024 * 1024;
/** What may arrive together with a row: the rest of the rows before it, as much as is read at once. */
const SLACK = 256 * 1024;

/**
 * Stops a run when more bytes arrive than one row may have and no row comes of them: the drivers gather a row in memory
 * before they hand it on. One for each connection, listening for as long as it lives: to put a listener on a stream and
 * take it off again for each run would cost more than the counting.
 */
export class RowLimit {
  #run: { readonly rows: () => number; readonly watch: RunWatch } | undefined;
  #seen = 0;
  #since = 0;

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      if (this.#run === undefined) return;
      const { rows, watch } = this.#run;
      const count = rows();
      if (count !== this.#seen) {
        this.#seen = count;
        this.#since = 0;
      }
      this.#since += chunk.length;
      if (this.#since <= ROW_BYTES + SLACK) return;
      this.end();
      watch.stop(
        new ConnectorError('source_row_too_large', 'One row of the answer is larger than a row may be.'),
      );
      stream.destroy();
    });
  }

  /** `rows` tells how many rows have come of this run so far. */
  begin(rows: () => number, watch: RunWatch): void {
    this.#run = { rows, watch };
    this.#seen = 0;
    this.#since = 0;
  }

  end(): void {
    this.#run = undefined;
  }
}
