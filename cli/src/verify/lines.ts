const LF = 10;

/** Cuts a stream of bytes after line feeds, so that each piece is whole lines. A line longer than `max` bytes ends it with an error. */
export async function* wholeLines(
  chunks: AsyncIterable<Buffer | string>,
  max = 8 * 1024 * 1024,
): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const piece = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(LF) + 1;
    rest = bytes.subarray(end);
    if (rest.length > max) throw new Error('a line of the file is too long');
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (rest.length > 0) yield rest;
}

/** The lines of a piece, without their line feeds. */
export function* linesOf(piece: Buffer): Generator<string, void, undefined> {
  for (let from = 0; from < piece.length; ) {
    const to = piece.indexOf(LF, from);
    const end = to < 0 ? piece.length : to;
    yield piece.toString('utf8', from, end);
    from = end + 1;
  }
}
