import { ConnectorError, type ConnectorErrorCode } from '@sallyport/connectors/port.ts';
import type { Status } from './source.ts';

interface Words {
  readonly title: string;
  readonly next: string;
}

const UNEXPECTED: Words = {
  title: 'The data source stopped the test.',
  next: 'Fix the problem described, then test again.',
};

/** What a failed test says. The codes that only a run can meet share one sentence. */
const WORDS: Partial<Record<ConnectorErrorCode, Words>> = {
  egress_refused: {
    title: 'Sallyport is not allowed to connect to this address.',
    next: 'The rule shows why. An operator can allow private networks with SALLYPORT_EGRESS_ALLOW. Metadata and link-local addresses always stay blocked.',
  },
  source_unreachable: {
    title: 'Nothing answered at this address.',
    next: 'Check the host and port, and whether the source allows connections from this server.',
  },
  source_rate_limited: {
    title: 'The source is limiting how often it can be called.',
    next: 'Wait a moment, then test again.',
  },
  source_unavailable: {
    title: 'Something answers at this address, and says that the source cannot answer now.',
    next: 'Test again in a moment; if it goes on, look at the source itself.',
  },
  source_timeout: {
    title: 'The source accepted the connection but did not respond in time.',
    next: 'Check that the port is the engine’s own, then test again.',
  },
  source_tls_failed: {
    title: 'No trusted encrypted connection could be made.',
    next: 'Give the certificate authority that signed the source’s certificate, or correct the host name. A server without TLS, or another kind of server at that port, fails like this too. For one on Sallyport’s own machine, the certificate need not be verified, and TLS may be off if the server has none.',
  },
  source_credential_rejected: {
    title: 'The source refused the credential.',
    next: 'Check that it is right, and meant for this database or address; then replace it.',
  },
  source_connection_shared: {
    title: 'A pooler stands between, and does not keep connections apart.',
    next: 'Give the host and port of the database itself, or of a pool in session mode (PgBouncer: pool_mode = session).',
  },
  source_privilege_missing: {
    title: 'The role may not do what a test needs.',
    next: 'Grant it the right to connect and to read the schema.',
  },
  source_answer_invalid: {
    title: 'The answer was not what this engine sends.',
    next: 'Check that the address is the right one.',
  },
  run_cancelled: { title: 'The test was cancelled.', next: 'Test again.' },
};

/** The words for whatever a connector threw. The detail is the engine's own message, which holds no host and no credential. */
export function failureOf(error: unknown): NonNullable<Status['error']> {
  if (!(error instanceof ConnectorError)) throw error;
  const words = WORDS[error.code] ?? UNEXPECTED;
  const { code, detail } = error;
  // One sentence may be all that there is to say.
  return { code, ...words, ...(detail === undefined || detail === words.title ? {} : { detail }) };
}
