const LF = 10;

/** Splits a stream of bytes into lines, without their line feeds. A line longer than `max` bytes ends it with an error. */
export async function* linesOf(
  chunks: AsyncIterable<Buffer | string>,
  max = 8 * 1024 * 1024,
): AsyncGenerator<string[], void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const piece = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const lines: string[] = [];
    let from = 0;
    for (let to = bytes.indexOf(LF); to >= 0; to = bytes.indexOf(LF, from)) {
      lines.push(bytes.toString('utf8', from, to));
      from = to + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > max) throw new Error('a line of the file is too long');
    yield lines;
  }
  if (rest.length > 0) yield [rest.toString('utf8')];
}
