import pg from 'pg';
import type { Dial } from '../port.ts';
import { asUnconnected, type PostgresTarget, type Session, tlsOptions } from './session.ts';

const CANCEL_MS = 2_000;

/**
 * Asks the server to cancel what the session is running, over a connection of its own through the guard (under TLS
 * when the source has it, since the key that it carries can cancel). The session is not to be used afterwards: a
 * cancel that comes late must not hit another run.
 */
export async function cancelSession(session: Session, target: PostgresTarget, dial: Dial): Promise<void> {
  const { settings } = target;
  if (settings.engine !== 'postgres') return;
  const { processID, secretKey } = session.client as unknown as { processID: number; secretKey: number };
  const signal = AbortSignal.timeout(CANCEL_MS);
  const socket = await dial(settings.host, settings.port, signal);
  const ssl = tlsOptions(settings.tls, settings.ca);
  const connection = new pg.Connection({
    stream: () => asUnconnected(socket),
    ssl,
  } as never) as unknown as CancelWire;
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('cancel timed out')), { once: true });
      connection.on('error', reject);
      // The server closes once it has signalled the other process.
      connection.on('end', resolve);
      connection.on('connect', () => {
        if (ssl === false) connection.cancel(processID, secretKey);
        else connection.requestSsl();
      });
      connection.on('sslconnect', () => connection.cancel(processID, secretKey));
      connection.connect(settings.port, settings.host);
    });
  } finally {
    socket.destroy();
  }
}

interface CancelWire {
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'end' | 'connect' | 'sslconnect', listener: () => void): void;
  connect(port: number, host: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}
