import { ConnectorError } from './port.ts';

/** To a run, whose time limit is its statement's, a source that lets nobody in in time is one that was not reached. */
export function outOfReach(error: unknown): never {
  if (!(error instanceof ConnectorError) || error.code !== 'source_timeout') throw error;
  throw new ConnectorError('source_unreachable', error.detail, { cause: error.cause ?? error });
}
