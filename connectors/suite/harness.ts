import type { ConnectionSettings, Credential } from '@sallyport/contract';
import { createOutbound } from '../../server/src/platform/outbound/outbound.ts';
import type { Connector, Dial, Pool, Runnable, Running, RunOutcome, Sealed } from '../port.ts';

/** The guard as on a laptop: the server listens on loopback only. */
export const dial: Dial = createOutbound({
  rules: { allow: [], deny: [] },
  own: () => [],
  listensOnLoopbackOnly: () => true,
  connectTimeoutMs: 2_000,
}).dial;

export const sealed = (credential: Credential): Sealed<Credential> => ({ reveal: () => credential });

export function openPool(
  connector: Connector,
  settings: ConnectionSettings,
  credential: Credential,
  more: { mode?: 'read' | 'read-write'; dial?: Dial } = {},
): Pool {
  return connector.open(
    { settings, credential: sealed(credential), mode: more.mode ?? 'read-write' },
    more.dial ?? dial,
  );
}

export function runnable(statement: Runnable['statement'], more: Partial<Runnable> = {}): Runnable {
  return {
    statement,
    binds: [],
    effect: 'read',
    columns: null,
    timeoutMs: 10_000,
    maxRows: 10_000,
    maxBytes: 50_000_000,
    ...more,
  };
}

export interface Collected {
  readonly running: Running;
  readonly rows: Record<string, unknown>[];
  readonly texts: string[];
  readonly batches: number;
  readonly end: RunOutcome;
}

export async function collect(running: Running): Promise<Collected> {
  const texts: string[] = [];
  let batches = 0;
  try {
    for await (const batch of running.batches) {
      batches += 1;
      texts.push(...batch);
    }
  } finally {
    running.release();
  }
  const rows = texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  return { running, rows, texts, batches, end: await running.end };
}

export async function run(pool: Pool, statement: Runnable['statement'], more: Partial<Runnable> = {}) {
  return collect(await pool.run(runnable(statement, more)));
}

/** Resolves to the error's code, or fails the test when there is no error. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  );
}
