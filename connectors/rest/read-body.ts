import type { Readable } from 'node:stream';
import { LARGE_BYTES, type Place } from '../large-answers.ts';
import { ConnectorError } from '../port.ts';

/** Reads a body up to a size; more is refused, since half of a JSON text is nothing. A large one waits for its place. */
export async function readBody(body: Readable, maxBytes: number, place?: Place): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      body.destroy();
      throw new ConnectorError('source_answer_invalid', `The response is larger than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
    if (size > LARGE_BYTES && place?.taken === false) await place.take();
  }
  return Buffer.concat(chunks);
}

/** As much of a body as is looked at for its words: what it says stands at its beginning. */
export const START_BYTES = 64 * 1024;

/** The beginning of an error's body, or what came of it: what the answer is, its status has said already. */
export async function readStart(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= START_BYTES) break;
    }
  } catch {
    // It was cut, or has taken too long.
  }
  return Buffer.concat(chunks).subarray(0, START_BYTES);
}

/** The text of an error, which comes in whatever character set it says, or begins with the mark of. */
export function errorText(body: Buffer, contentType: string): string {
  const marked = body.subarray(0, 2).toString('hex');
  const charset =
    { fffe: 'utf-16le', feff: 'utf-16be' }[marked] ?? /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8');
  }
}

/**
 * JSON by its own name, by an older one (https://mimesniff.spec.whatwg.org/#json-mime-type), by that of JSON-RPC over HTTP,
 * or as what is written in it (RFC 6839, 3.1): `application/vnd.api+json`.
 */
export const isJsonType = (contentType: string): boolean =>
  /^(?:application\/(?:(?:[\w.+-]+\+)?json|json-rpc)|text\/json)$/i.test(contentType.split(';')[0]!.trim());

/** Begins as an object or a list does: what many servers send as a page or as plain text, since their language does so. */
export const looksLikeJson = (body: Buffer): boolean =>
  /^(?:\xef\xbb\xbf)?\s*[[{]/.test(body.subarray(0, 1_000).toString('latin1'));

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON is UTF-8 (RFC 8259, 8.1), and a mark at its beginning may be passed over. Bytes that are none are refused: read all
 * the same, a name would arrive with other letters than it was sent with, and be written back so.
 */
export function jsonText(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (error) {
    throw new ConnectorError('source_answer_invalid', 'The response is not UTF-8.', {
      cause: error,
    });
  }
}
