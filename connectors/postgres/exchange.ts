import pg from 'pg';
import { bind, DESCRIBE_PORTAL, describeStatement, EXECUTE, parse, SYNC } from './frontend-messages.ts';
import { KeptMessages } from './kept-messages.ts';
import { writeTogether } from './write-together.ts';

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
  /** One of our own few texts, without a name and without values: its messages are made once. */
  readonly own?: true;
  readonly values?: readonly (string | null)[];
  /** `shape` asks for the columns only; `run` executes; `run-described` does both. */
  readonly do: 'shape' | 'run' | 'run-described';
  onFields?(fields: readonly Field[]): void;
  onRow?(fields: readonly (string | null)[], length: number): void;
  onComplete?(tag: string): void;
  /** What the exchange fails with when the engine refuses this step; absent: the engine's own error. */
  onError?(): unknown;
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
    // One buffer, one write: a vector of twenty small ones costs the kernel more than the statement.
    writeTogether(connection.stream, Buffer.concat(messagesOf(this.#steps)));
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

  /** Whoever is ready before a step is complete has left out its rows; of a shape without columns nothing is heard. */
  handleReadyForQuery(): void {
    if (this.#steps.slice(this.#at).every((step) => step.do === 'shape')) this.#resolve();
    else this.#reject(new Error('an answer without a part'));
  }

  handleError(error: unknown): void {
    const refused = error instanceof pg.DatabaseError ? this.#steps[this.#at]?.onError?.() : undefined;
    this.#reject(refused ?? error);
  }
}

function messagesOf(steps: readonly Step[]): Buffer[] {
  const messages: Buffer[] = [];
  for (const step of steps) addMessages(messages, step);
  messages.push(SYNC);
  return messages;
}

function addMessages(to: Buffer[], step: Step): void {
  const { name = '', text, values = [] } = step;
  if (step.own === true) {
    to.push(ownMessages.get(text, () => Buffer.concat([parse('', text), bind('', []), EXECUTE])));
    return;
  }
  if (step.parse) to.push(parse(name, text));
  if (step.do === 'shape') to.push(shapeMessages.get(name, () => describeStatement(name)));
  else if (step.do === 'run' && values.length === 0)
    to.push(runMessages.get(name, () => Buffer.concat([bind(name, []), EXECUTE])));
  else {
    to.push(bind(name, values));
    if (step.do === 'run-described') to.push(DESCRIBE_PORTAL);
    to.push(EXECUTE);
  }
}

/** Messages of our own texts; and those that depend on a statement's name alone, of which all sessions have the same few. */
const ownMessages = new KeptMessages();
const shapeMessages = new KeptMessages();
const runMessages = new KeptMessages();
