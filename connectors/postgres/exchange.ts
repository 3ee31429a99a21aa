import type pg from 'pg';

export interface Field {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/** One statement of a pipeline. */
export interface Step {
  readonly text: string;
  /** Prepared under this name before; absent: the unnamed statement. */
  readonly name?: string;
  /** Whether the name is new on this connection. */
  readonly parse: boolean;
  readonly values?: readonly (string | null)[];
  /** `shape` asks for the columns only; `run` executes; `run-described` does both. */
  readonly do: 'shape' | 'run' | 'run-described';
  onFields?(fields: readonly Field[]): void;
  onRow?(fields: readonly (string | null)[], length: number): void;
  onComplete?(tag: string): void;
}

/** The few methods of the driver's connection that a pipeline needs; its published types lack the options. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { name: string; text: string; types: readonly number[] }): void;
  bind(message: { portal: string; statement: string; values: readonly (string | null)[] }): void;
  describe(message: { type: 'S' | 'P'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  sync(): void;
}

/**
 * A pipeline of statements in the extended protocol, sent in one write and ended by one Sync: it costs one round
 * trip whatever its length. After an error the server skips to the Sync, so later steps do not run.
 * Settles when the server is ready for the next one.
 */
export class Exchange implements pg.Submittable {
  readonly finished: Promise<void>;
  /** Whether the server has said anything: before that, a lost connection means that nothing happened. */
  answered = false;
  readonly #steps: readonly Step[];
  #at = 0;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.finished.catch(() => undefined);
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    try {
      for (const step of this.#steps) send(wire, step);
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  get #step(): Step {
    return this.#steps[this.#at]!;
  }

  handleRowDescription(message: { fields: readonly Field[] }): void {
    this.answered = true;
    const step = this.#step;
    step.onFields?.(message.fields);
    if (step.do === 'shape') this.#at += 1;
  }

  handleDataRow(message: { fields: readonly (string | null)[]; length: number }): void {
    this.#step.onRow?.(message.fields, message.length);
  }

  handleCommandComplete(message: { text: string }): void {
    this.answered = true;
    this.#step.onComplete?.(message.text);
    this.#at += 1;
  }

  handleEmptyQuery(): void {
    this.#at += 1;
  }

  handlePortalSuspended(): void {
    this.#at += 1;
  }

  /** The server has thrown our Sync away with whatever came in copy mode, so it gets another. */
  handleCopyInResponse(connection: { sendCopyFail(message: string): void; sync(): void }): void {
    connection.sendCopyFail('COPY is not possible here.');
    connection.sync();
  }

  handleCopyData(): void {}

  handleReadyForQuery(): void {
    this.#resolve();
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }
}

function send(wire: Wire, step: Step): void {
  const name = step.name ?? '';
  if (step.parse) wire.parse({ name, text: step.text, types: [] });
  if (step.do === 'shape') {
    wire.describe({ type: 'S', name });
    return;
  }
  wire.bind({ portal: '', statement: name, values: step.values ?? [] });
  if (step.do === 'run-described') wire.describe({ type: 'P', name: '' });
  wire.execute({ portal: '', rows: 0 });
}
