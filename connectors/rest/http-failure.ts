import { ConnectorError, type ConnectorErrorCode } from '../port.ts';
import { scrub, withoutWords } from '../scrub.ts';
import { tlsFailure } from '../tls-failure.ts';

/** An answer that is not a success, with its status and the start of its body for a builder. */
export function statusFailure(status: number, body: string, words: readonly string[]): ConnectorError {
  const said = textOf(withoutWords(body, words)).replace(/\s+/g, ' ').trim();
  const start = scrub(said, words).slice(0, 500);
  return new ConnectorError(
    codeOf(status),
    `The source answered ${status}${start === '' ? '.' : `: ${start}`}`,
  );
}

/** As much of a page as is looked at for its words. */
const PAGE = 50_000;

/** What a person reads of a body: of a page its words, which begin far behind its head, its styles and its scripts. */
function textOf(body: string): string {
  if (!/^\s*<(?:!doctype|html)\b/i.test(body)) return body;
  return body
    .slice(0, PAGE)
    .split(/<(?=script\b|style\b)/i)
    .map((part) => part.replace(/^(script|style)\b[^<]*/i, ''))
    .join(' ')
    .replace(/<[^<>]*>/g, ' ');
}

function codeOf(status: number): ConnectorErrorCode {
  if (status === 401) return 'source_credential_rejected';
  if (status === 403) return 'source_privilege_missing';
  if (status === 408 || status === 504) return 'source_timeout';
  if (status === 409) return 'source_constraint_violated';
  if (status === 429 || status === 503) return 'source_unreachable';
  return status >= 400 && status < 500 ? 'source_refused_statement' : 'source_failed';
}

/** A request that got no answer. */
export function requestFailure(
  error: unknown,
  signal: AbortSignal | undefined,
  timedOut: boolean,
): ConnectorError {
  if (error instanceof ConnectorError) return error;
  if (timedOut)
    return new ConnectorError('source_timeout', 'The source did not answer within the time limit.');
  if (signal?.aborted === true)
    return signal.reason instanceof ConnectorError ? signal.reason : new ConnectorError('run_cancelled');
  const tls = tlsFailure(error);
  if (tls !== undefined) return tls;
  const { code = '' } = error as { code?: string };
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW')
    return new ConnectorError('source_answer_invalid', 'The answer is not HTTP.', { cause: error });
  if (code === 'UND_ERR_INVALID_ARG')
    return new ConnectorError('source_refused_statement', 'The request has a part that HTTP does not allow.');
  return new ConnectorError('source_unreachable', 'The connection to the source was lost.', { cause: error });
}
