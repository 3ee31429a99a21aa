import { ConnectorError } from '@sallyport/connectors/port.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { refuse } from './refusals.ts';

/** What a source's failure is to the caller: builders also see the database's own message, members words of ours. */
export function sourceRefusal(error: unknown, builder: boolean): unknown {
  if (error instanceof Refusal || !(error instanceof ConnectorError)) return error;
  const detail = builder ? error.detail : error.plain;
  const { code, retryAfter } = error;
  // Every other code is the connector's own.
  return refuse(code === 'egress_refused' ? 'source_egress_refused' : code, {
    cause: error,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { extra: { retryAfter } }),
  });
}
