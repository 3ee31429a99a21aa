import { ConnectorError, type ConnectorErrorCode } from '@sallyport/connectors/port.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { refuse } from './refusals.ts';

const CODES = {
  egress_refused: 'source_egress_refused',
  source_unreachable: 'source_unreachable',
  source_rate_limited: 'source_rate_limited',
  source_unavailable: 'source_unavailable',
  source_timeout: 'source_timeout',
  source_tls_failed: 'source_tls_failed',
  source_credential_rejected: 'source_credential_rejected',
  source_connection_shared: 'source_connection_shared',
  source_privilege_missing: 'source_privilege_missing',
  source_refused_statement: 'source_refused_statement',
  source_constraint_violated: 'source_constraint_violated',
  source_shape_changed: 'source_shape_changed',
  source_answer_invalid: 'source_answer_invalid',
  source_row_too_large: 'source_row_too_large',
  write_exceeded_expectation: 'write_exceeded_expectation',
  write_outcome_unknown: 'write_outcome_unknown',
  run_cancelled: 'run_cancelled',
  source_failed: 'source_failed',
} as const satisfies Record<ConnectorErrorCode, keyof typeof refuse.table>;

/** What a source's failure is to the caller: builders also see the database's own message, members words of ours. */
export function sourceRefusal(error: unknown, builder: boolean): unknown {
  if (error instanceof Refusal || !(error instanceof ConnectorError)) return error;
  const detail = builder ? error.detail : error.plain;
  const { retryAfter } = error;
  return refuse(CODES[error.code], {
    cause: error,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { extra: { retryAfter } }),
  });
}
