import { ConnectorError } from './port.ts';

/** What a run ends with because its target is no longer in use: nobody cancelled it, and whoever ran it is told so. */
export function targetClosed(): ConnectorError {
  const sentence = 'The data source was changed, paused or removed.';
  return new ConnectorError('run_cancelled', sentence, { plain: sentence });
}
