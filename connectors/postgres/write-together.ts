import type { Writable } from 'node:stream';

let waiting: { readonly stream: Writable; readonly bytes: Buffer }[] = [];

/**
 * Writes at the end of this turn of the event loop, one after the other with what every other session writes in it.
 * A write that wakes a sleeping engine costs several times one that finds it awake (decision 0020).
 */
export function writeTogether(stream: Writable, bytes: Buffer): void {
  if (waiting.length === 0) setImmediate(flush);
  waiting.push({ stream, bytes });
}

function flush(): void {
  const all = waiting;
  waiting = [];
  // A stream that ended meanwhile is told of by its own end; a write to it says nothing more.
  for (const { stream, bytes } of all) if (!stream.destroyed) stream.write(bytes);
}
