import type { ServerResponse } from 'node:http';
import { LARGE_BYTES, largeAnswers } from '@sallyport/connectors/large-answers.ts';
import type { Running, RunOutcome } from '@sallyport/connectors/port.ts';
import type { RunEnd } from '@sallyport/contract';
import type { Wire } from '../../../platform/http/binding.ts';
import type { Format, Head } from './format.ts';

/** Text that may wait in memory before an answer counts as long. */
const HELD = 128 * 1024;
/** Text written to the socket at once. */
const CHUNK = 64 * 1024;
/** Who takes nothing for so long has left, whatever their connection says. Milliseconds. */
const STANDS_STILL_MS = 60_000;
/** Who takes nothing of a large answer for so long makes way for somebody who waits to read one. */
const MAKES_WAY_MS = 5_000;

export interface Delivery {
  readonly running: Running;
  readonly format: Format;
  readonly head: Head;
  readonly wire: Wire;
  /** A write is told only when it is committed; a read may leave while it comes. */
  readonly whole: boolean;
  /** Puts the intent on the record, durable: before the first byte of an answer that is not yet whole. */
  begun(): Promise<void>;
  /** Puts the outcome on the record, durable: before the last byte. */
  ran(outcome: RunOutcome, bytes: number): Promise<void>;
}

/** Tells how far an answer got, for what must be done when it fails. */
export interface Progress {
  /** Set once bytes may have left: from then on, the handler owns the response. */
  response: ServerResponse | null;
  bytes: number;
  /** What was written last ends somewhere in a row. */
  midRow?: boolean;
}

/**
 * Sends a run's answer. A short one is held until it is whole and its record durable, and goes out at once. A long one
 * begins when its intent is durable, flows as the client takes it, and ends when its outcome is durable. So nothing
 * leaves unrecorded, and no answer looks complete that is not.
 */
export async function deliver(delivery: Delivery, progress: Progress): Promise<void> {
  const { running, format, wire } = delivery;
  let text = format.head(delivery.head);
  let first = true;
  const failure = watchEnd(running);
  for await (const batch of running.batches) {
    if (batch.length === 0) continue;
    text += format.rows(batch, first);
    first = false;
    if (progress.response === null) {
      if (delivery.whole || text.length < HELD) continue;
      await delivery.begun();
      wire.signal.throwIfAborted();
      progress.response = wire.stream(format.contentType);
    }
    if (text.length >= CHUNK) {
      await write(progress, text, wire, failure);
      text = '';
    }
  }
  const outcome = await running.end;
  text += format.end(delivery.head.run, endOf(outcome));
  const bytes = Buffer.byteLength(text, 'utf8');
  await delivery.ran(outcome, progress.bytes + bytes);
  progress.response ??= wire.stream(format.contentType, { 'content-length': String(bytes) });
  progress.bytes += bytes;
  // As text: a short answer and its headers then go out in one write.
  progress.response.end(text, 'utf8');
}

const endOf = ({ rows, changed, truncated, total, offset, sourceMs }: RunOutcome): RunEnd => ({
  rows,
  changed,
  truncated,
  total,
  ...(offset === undefined ? {} : { offset }),
  sourceMs: Math.round(sourceMs * 100) / 100,
});

/** How a run failed, if it has, and whom to tell of it at once: one for the whole run, however often it is waited. */
interface Failure {
  error?: unknown;
  tell?: ((error: unknown) => void) | undefined;
}

function watchEnd(running: Running): Failure {
  const failure: Failure = {};
  running.end.catch((error: unknown) => {
    failure.error = error;
    failure.tell?.(error);
  });
  return failure;
}

/**
 * Waits while the client does not take more; then the source waits too. A run that fails meanwhile, by its time limit, is not
 * held up by a client that never reads on; nor is the record of one that has brought its rows.
 */
async function write(progress: Progress, text: string, wire: Wire, failure: Failure): Promise<void> {
  const { response } = progress;
  if (response === null) throw new Error('nothing to write to');
  const bytes = Buffer.from(text, 'utf8');
  const isLarge = bytes.length > LARGE_BYTES;
  // In pieces, so that a client who is slow is told from one who takes nothing.
  for (let at = 0; at < bytes.length; at += LARGE_BYTES) {
    const piece = isLarge ? bytes.subarray(at, at + LARGE_BYTES) : bytes;
    progress.bytes += piece.length;
    progress.midRow = at + piece.length < bytes.length;
    if (!response.write(piece)) await taken(response, wire, failure, isLarge);
  }
}

function taken(response: ServerResponse, wire: Wire, failure: Failure, isLarge: boolean): Promise<void> {
  const { signal } = wire;
  return new Promise<void>((resolve, reject) => {
    const gone = setTimeout(() => wire.stop('client-left'), STANDS_STILL_MS);
    const inTheWay = isLarge
      ? setInterval(() => largeAnswers.wanted && wire.stop('stood-still'), MAKES_WAY_MS)
      : undefined;
    const settle = () => {
      clearTimeout(gone);
      clearInterval(inTheWay);
      failure.tell = undefined;
      response.off('drain', drained);
      response.off('close', left);
      signal.removeEventListener('abort', left);
    };
    const drained = () => {
      settle();
      resolve();
    };
    const left = () => {
      settle();
      reject(new StreamCut());
    };
    failure.tell = (error) => {
      settle();
      reject(error);
    };
    response.once('drain', drained);
    response.once('close', left);
    signal.addEventListener('abort', left, { once: true });
    if (signal.aborted || response.destroyed) left();
    else if (failure.error !== undefined) failure.tell(failure.error);
  });
}

/** The client left or the run was stopped while an answer was being written. */
export class StreamCut extends Error {
  constructor() {
    super('the answer was cut');
    this.name = 'StreamCut';
  }
}
