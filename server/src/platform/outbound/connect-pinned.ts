import { connect, type Socket } from 'node:net';
import { ConnectorError } from '@sallyport/connectors/port.ts';
import { sameAddress } from './address-class.ts';

/** So long after the last word of a peer, the system asks after it: it would else do so only after two hours. Milliseconds. */
const KEEP_ALIVE_MS = 10_000;

/** Connects to one literal address and checks that the peer is that address. No name is resolved here. */
export function connectPinned(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: address,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
    });
    // Not `connect({ signal })`: that would go on to govern the open connection.
    const abort = () => fail(new Error('aborted'));
    const fail = (error: Error & { code?: string }) => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      reject(new ConnectorError('source_unreachable', sentence(error.code), { cause: error }));
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) return abort();
    socket.on('error', fail);
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      if (socket.remoteAddress === undefined || !sameAddress(socket.remoteAddress, address)) {
        socket.destroy();
        reject(
          new ConnectorError('egress_refused', 'The peer is not the checked address. Rule: E7 peer-differs.'),
        );
        return;
      }
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

function sentence(code: string | undefined): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'The connection was refused. Nothing is listening on that port.';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'There is no network route to the source.';
    case 'ECONNRESET':
      return 'The source closed the connection.';
    default:
      return 'The source could not be reached.';
  }
}
