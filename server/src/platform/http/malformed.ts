import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { STATUS_CODES } from './node-http.ts';
import { problemOf } from './problem.ts';
import { refuse } from './refusals.ts';

const CODES = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_too_slow',
} as const;

/** Answers what never became a request in the form of every other answer, and hangs up. */
export function answerMalformed(
  error: Error & { code?: string },
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const refusal = refuse(CODES[error.code as keyof typeof CODES] ?? 'http_malformed');
  const id = randomUUID();
  const body = JSON.stringify(problemOf(refusal, id));
  const lines = Object.entries({
    ...headers,
    'x-request-id': id,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const { status } = refusal.row;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

/**
 * Refuses what HTTP itself has refused though its form is right: a request of HTTP/1.1 that does not name its host once
 * (RFC 9112, 3.2; what it names is not asked), one that expects what nobody here does (RFC 9110, 10.1.1), and one whose
 * body is packed for the way, which nobody here unpacks: it would be read as it came (RFC 9112, 6.1).
 */
export function assertFramed({ httpVersion, rawHeaders, headers }: IncomingMessage): void {
  if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect))
    throw refuse('expectation_failed');
  if (!/^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked'))
    throw refuse('transfer_coding_unsupported');
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (/^host$/i.test(rawHeaders[at] ?? '')) hosts += 1;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) throw refuse('http_malformed');
}
