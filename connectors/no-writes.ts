import type { LeasePool } from './lease-pool.ts';
import { ConnectorError } from './port.ts';

/**
 * A server that was made a standby keeps its connections, while the address leads to the one that took its place: this one
 * and those that are idle are given up, so that the next write finds the new one. Nothing was changed.
 */
export function noWrites<T extends { destroy(): void }>(
  sessions: LeasePool<T>,
  session: T,
  failure: ConnectorError,
): ConnectorError {
  session.destroy();
  sessions.endIdle();
  return new ConnectorError('source_failed', failure.detail, {
    cause: failure.cause,
    plain: 'The database takes no changes now. Nothing was changed.',
  });
}
