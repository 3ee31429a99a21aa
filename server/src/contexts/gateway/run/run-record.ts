import { hash } from 'node:crypto';
import type { RunOutcome } from '@sallyport/connectors/port.ts';
import type { EnvironmentName, Window } from '@sallyport/contract';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { RunId } from '../../../kernel/ids.ts';
import { randomFresh } from '../../../kernel/random-pool.ts';
import type { AuditEntry, Json } from '../../audit/index.ts';
import type { Values } from '../bind-arguments.ts';
import type { CompiledQuery } from '../compiled-query.ts';
import type { Runnable } from '../deps.ts';

/** What of a run is known before it begins. */
export interface RunFacts {
  readonly run: RunId;
  readonly runnable: Pick<Runnable, 'appId' | 'appName'>;
  /** Null for a draft. */
  readonly release: string | null;
  readonly query: string;
  readonly compiled: CompiledQuery;
  readonly environment: EnvironmentName;
  readonly policies: readonly string[];
  readonly values: Values;
  readonly window: Window | undefined;
  readonly statement: number;
  /** What of it stands in each of its records. */
  known?: Readonly<Record<string, Json>>;
}

/** How it ended: `outcome` when the source finished; `code` when something did not let it. */
export interface RunEnding {
  readonly outcome: RunOutcome | null;
  readonly code: string | null;
  readonly refused: boolean;
  readonly bytes: number;
  readonly totalMs: number;
}

/** The intent of a run; the outcome has the same `run`. */
export function begunEntry(facts: RunFacts): AuditEntry {
  return { event: 'gateway.begun', ...about(facts), data: known(facts) };
}

/** The outcome of a run. */
export function ranEntry(facts: RunFacts, ending: RunEnding): AuditEntry {
  const { outcome, code } = ending;
  return {
    event: 'gateway.ran',
    outcome: code === null ? 'allowed' : ending.refused ? 'refused' : 'failed',
    ...about(facts),
    data: {
      ...known(facts),
      code,
      rows: outcome?.rows ?? null,
      changed: outcome?.changed ?? null,
      bytes: ending.bytes,
      truncated: outcome?.truncated?.by ?? null,
      sourceMs: outcome === null ? null : round(outcome.sourceMs),
      totalMs: round(ending.totalMs),
    },
  };
}

const round = (ms: number): number => Math.round(ms * 100) / 100;

const about = ({ runnable, policies }: RunFacts) => ({
  target: { kind: 'app', id: runnable.appId, name: runnable.appName },
  policies,
});

/** Made once, so that a run's two records carry the same digests. */
function known(facts: RunFacts): Readonly<Record<string, Json>> {
  if (facts.known !== undefined) return facts.known;
  const { compiled, values, window } = facts;
  const data: Record<string, Json> = {
    run: facts.run,
    release: facts.release,
    query: facts.query,
    hash: compiled.hash,
    statement: facts.statement,
    effect: compiled.effect,
    source: compiled.sourceId,
    environment: facts.environment,
  };
  if (values.size > 0 || window !== undefined) Object.assign(data, digests(compiled, values, window));
  facts.known = data;
  return data;
}

/**
 * SHA-256 over a salt of this record, the argument's name and its canonical JSON: proves a value that one knows, and
 * tells none. Constants are left out: a short secret could be guessed.
 */
function digests(compiled: CompiledQuery, values: Values, window: Window | undefined): Record<string, Json> {
  const salt = randomFresh(16).toString('hex');
  const digest = (name: string, value: unknown) =>
    hash('sha256', `${salt}\0${name}\0${canonicalJson(value)}`);
  const list: Record<string, Json> = { salt };
  for (const { name, origin } of compiled.arguments) {
    // Under its own name, an argument that is called so would stand in the place of the salt, and no digest could be proved.
    const key = name === 'salt' ? '{{ salt }}' : name;
    if (origin !== 'constant' && values.has(name)) list[key] = digest(name, values.get(name));
  }
  return {
    arguments: list,
    ...(window === undefined ? {} : { window: { salt, digest: digest('window', window) } }),
  };
}
