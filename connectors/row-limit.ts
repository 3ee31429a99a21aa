import type { Readable } from 'node:stream';
import { LARGE_BYTES, LIGHT_BYTES, type Place } from './large-answers.ts';
import { ConnectorError } from './port.ts';
import type { RunWatch } from './run-watch.ts';

/** A row that is larger than this ends the run instead of filling memory, whatever the whole answer may have. */
const ROW_BYTES = 16 * 1024 * 1024;
/** What may arrive together with a row: the rest of the rows before it, as much as is read at once. */
const SLACK = 256 * 1024;

/** What arrives between runs answers the few short statements of ours that make a session ready. */
const OWN_BYTES = ROW_BYTES;

const tooMuch = () =>
  new ConnectorError('source_answer_invalid', 'The source sent far more than it was asked for.');

interface Counted {
  /** How many rows have come of the run so far. */
  readonly rows: () => number;
  readonly watch: Pick<RunWatch, 'stop'>;
  readonly place: Place;
  /** Its rows are kept until the last has come, so that they are large together. */
  readonly gathers?: boolean;
  /** How much may come altogether, where that is what is bounded. */
  readonly most?: number;
}

/**
 * Bounds what the driver gathers in memory before it hands a row on. A row that becomes large waits for a place on the node;
 * one that becomes larger than any may be ends the run. One for each connection, listening for as long as it lives: to put a
 * listener on a stream and take it off again for each run would cost more than the counting.
 */
export class RowLimit {
  readonly #stream: Readable;
  readonly #flow: { pause(): void; resume(): void };
  #run: Counted | undefined;
  #seen = 0;
  #sinceRow = 0;
  #all = 0;
  #readerWaits = false;
  #waitsForPlace = false;
  #drains = false;

  /** `flow`: how the connection is held back and let go on. */
  constructor(stream: Readable, flow: { pause(): void; resume(): void }) {
    this.#stream = stream;
    this.#flow = flow;
    stream.on('data', (chunk: Buffer) => {
      if (this.#run === undefined) this.#countOwn(chunk.length);
      else this.#count(this.#run, chunk.length);
    });
  }

  begin(run: Counted): void {
    this.#run = run;
    this.#drains = false;
    this.#seen = 0;
    this.#sinceRow = 0;
    this.#all = 0;
  }

  end(): void {
    this.#run = undefined;
    this.#all = 0;
    this.#readerWaits = false;
    if (!this.#waitsForPlace) return;
    this.#waitsForPlace = false;
    this.#flow.resume();
  }

  /** The reader takes no more for now. */
  pause(): void {
    this.#readerWaits = true;
    this.#flow.pause();
  }

  resume(): void {
    this.#readerWaits = false;
    if (!this.#waitsForPlace) this.#flow.resume();
  }

  /** All rows that came were delivered: the place is free, unless the next row is large as well. */
  delivered(place: Place): void {
    place.heavy = false;
    if (this.#run?.place !== place || !this.#isLarge(this.#run)) place.letGo();
  }

  /** Lets what is still arriving flow, so that the engine can end; what waits for a place is not let in any more. */
  drain(): void {
    this.#drains = true;
    if (this.#waitsForPlace && this.#run?.gathers !== true) this.#stream.destroy();
    else this.#flow.resume();
  }

  #isLarge(run: Counted): boolean {
    return (run.gathers === true ? this.#all : this.#sinceRow) > LARGE_BYTES;
  }

  #countOwn(bytes: number): void {
    this.#all += bytes;
    if (this.#all > OWN_BYTES) this.#stream.destroy(tooMuch());
  }

  #count(run: Counted, bytes: number): void {
    const rows = run.rows();
    if (rows !== this.#seen) {
      this.#seen = rows;
      if (this.#sinceRow > LIGHT_BYTES) run.place.heavy = true;
      else if (run.gathers !== true && !run.place.heavy) run.place.letGo();
      this.#sinceRow = 0;
    }
    this.#sinceRow += bytes;
    this.#all += bytes;
    if (run.most === undefined ? this.#sinceRow > ROW_BYTES + SLACK : this.#all > run.most) {
      this.end();
      run.watch.stop(
        run.most === undefined
          ? new ConnectorError('source_row_too_large', 'A row of the result is larger than the limit.')
          : tooMuch(),
      );
      this.#stream.destroy();
    } else if (this.#isLarge(run) && !run.place.taken && !this.#waitsForPlace && !this.#drains)
      void this.#takePlace(run);
  }

  async #takePlace(run: Counted): Promise<void> {
    this.#waitsForPlace = true;
    this.#flow.pause();
    try {
      await run.place.take();
      if (this.#run !== run) return;
      this.#waitsForPlace = false;
      if (!this.#readerWaits) this.#flow.resume();
    } catch (error) {
      if (this.#run !== run) return;
      run.watch.stop(error as ConnectorError);
      this.end();
    }
  }
}
