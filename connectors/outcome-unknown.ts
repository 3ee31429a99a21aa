import { ConnectorError } from './port.ts';

/** What a write fails with from the moment it may take effect until the source has said whether it did. */
export function outcomeUnknown(failure: ConnectorError): ConnectorError {
  const { detail } = failure;
  return new ConnectorError('write_outcome_unknown', detail, { cause: failure.cause ?? failure });
}
