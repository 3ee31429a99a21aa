import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectorError } from './port.ts';

/** A handshake, with the certificates of TLS, is a few kilobytes. */
const MOST_BYTES = 1024 * 1024;
const LOOK_MS = 20;

/**
 * Ends a connection on which far more comes than a handshake: the drivers gather a message until it is whole. It is asked
 * of the socket how much came, since TLS reads past whoever listens to it. Returns what ends the watch.
 */
export function limitHandshake(socket: Duplex & Partial<Pick<Socket, 'bytesRead'>>): () => void {
  const timer = setInterval(() => {
    if (Number(socket.bytesRead) > MOST_BYTES)
      socket.destroy(
        new ConnectorError('source_answer_invalid', 'The source sent far more than it was asked for.'),
      );
  }, LOOK_MS);
  return () => clearInterval(timer);
}
