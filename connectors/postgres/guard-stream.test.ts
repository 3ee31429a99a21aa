import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guardStream } from './guard-stream.ts';

function message(code: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.write(code);
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** What gets through to the parser when the bytes come in these pieces, and whether the stream was ended. */
async function pass(pieces: readonly Buffer[]): Promise<{ bytes: Buffer; error: Error | undefined }> {
  const stream = new PassThrough();
  const seen: Buffer[] = [];
  let error: Error | undefined;
  stream.on('error', (failure) => {
    error = failure;
  });
  guardStream(stream, () => stream.on('data', (chunk: Buffer) => void seen.push(chunk)));
  for (const piece of pieces) if (!stream.destroyed) stream.write(piece);
  await new Promise((resolve) => setImmediate(resolve));
  return { bytes: Buffer.concat(seen), error };
}

const report = message('E', Buffer.from('SERROR\0C42703\0Mcolumn does not exist\0\0'));
const good = Buffer.concat([
  report,
  message('D', Buffer.alloc(300, 7)),
  message('N', Buffer.from('\0')),
  message('Z', Buffer.from('I')),
  message('1', Buffer.alloc(0)),
  report,
]);

it('lets well-formed messages through unchanged, however they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: good.length }), { maxLength: 40 }), async (cuts) => {
      const at = [0, ...new Set(cuts), good.length].sort((a, b) => a - b);
      const pieces = at.slice(1).map((end, i) => good.subarray(at[i], end));
      const { bytes, error } = await pass(pieces.filter((piece) => piece.length > 0));
      expect(error).toBeUndefined();
      expect(bytes.equals(good)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

it.each([
  ['a report without its end', message('E', Buffer.from('Mno end'))],
  ['a report without its last zero', message('E', Buffer.from('Mx\0'))],
  ['an empty report', message('N', Buffer.alloc(0))],
  ['a length below its own', Buffer.from([68, 0, 0, 0, 1, 0, 0])],
  ['an enormous length', Buffer.from([68, 255, 255, 255, 255, 0])],
  ['an enormous report', Buffer.from([69, 0, 255, 255, 255, 0])],
])('%s ends the connection', async (_, bytes) => {
  expect((await pass([good, bytes])).error).toBeInstanceOf(Error);
});

it('a row of any size that the server makes is no malformed message', async () => {
  expect((await pass([good, Buffer.from([68, 0x3f, 255, 255, 255, 0])])).error).toBeUndefined();
});
