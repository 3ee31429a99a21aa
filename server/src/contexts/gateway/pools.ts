import type { Pool } from '@sallyport/connectors/port.ts';
import type { EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import type { GatewayDeps } from './deps.ts';
import { createKept } from './kept.ts';

/** An open pool, and what of its source a run needs. */
export interface OpenSource {
  readonly pool: Pool;
  readonly sourceName: string;
  readonly mode: 'read' | 'read-write';
}

/** Open pools: one for each source, environment and version of settings, mode and credential. */
export interface Pools {
  /** As the source is now; refuses as the sources door does (unknown, paused, without a credential). */
  open(call: Call, source: SourceId, environment: EnvironmentName): OpenSource | Promise<OpenSource>;
  close(): Promise<void>;
}

/** Longer than any run may take, so that closing an old pool never cuts one. */
const DRAIN_MS = 15 * 60_000;

interface Entry extends OpenSource {
  readonly version: string;
}

export function createPools(
  deps: Pick<GatewayDeps, 'sources' | 'connectors' | 'dial' | 'notifications'>,
): Pools {
  const pools = new Map<string, Entry>();
  const retired = new Set<Pool>();
  const current = createKept<Entry>(deps.notifications, { max: 5_000, ttlMs: 60_000 });
  const stop = deps.sources.onChanged((changed) => {
    if (changed === null) current.clear();
    else current.drop((key) => key.startsWith(`${changed.organization}/${changed.id}/`));
  });

  const retire = (pool: Pool) => {
    retired.add(pool);
    setTimeout(() => {
      retired.delete(pool);
      pool.close().catch(() => undefined);
    }, DRAIN_MS).unref();
  };

  const load = async (
    key: string,
    call: Call,
    id: SourceId,
    environment: EnvironmentName,
  ): Promise<Entry> => {
    const target = await deps.sources.target(call, id, environment);
    const version = `${target.version}/${target.mode}/${target.source.engine}`;
    const known = pools.get(key);
    if (known?.version === version) return known;
    const pool = deps.connectors[target.source.engine].open(target, deps.dial);
    const entry = { version, pool, sourceName: target.source.name, mode: target.mode };
    pools.set(key, entry);
    if (known !== undefined) retire(known.pool);
    return entry;
  };

  return {
    open: (call, id, environment) => {
      const key = `${call.actor.organizationId}/${id}/${environment}`;
      return current.get(key, () => load(key, call, id, environment));
    },
    close: async () => {
      stop();
      const all = [...retired, ...[...pools.values()].map((entry) => entry.pool)];
      pools.clear();
      await Promise.all(all.map((pool) => pool.close().catch(() => undefined)));
    },
  };
}
