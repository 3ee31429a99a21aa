import type { Pool } from '@sallyport/connectors/port.ts';
import type { EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { OrganizationId, SourceId } from '../../kernel/ids.ts';
import { askPatiently, PATIENCE_MS } from '../../platform/db/ask-patiently.ts';
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
  readonly organization: OrganizationId;
  readonly id: SourceId;
}

export function createPools(
  deps: Pick<GatewayDeps, 'sources' | 'connectors' | 'dial' | 'notifications'>,
): Pools {
  const pools = new Map<string, Entry>();
  const retired = new Map<Pool, string>();
  const current = createKept<Entry>(deps.notifications, { max: 5_000, ttlMs: 60_000 });
  const stop = deps.sources.onChanged((changed) => {
    if (changed === null) {
      current.clear();
      for (const { organization, id } of [...pools.values()])
        void endIfStopped(organization, id, PATIENCE_MS);
    } else {
      current.drop((key) => key.startsWith(`${changed.organization}/${changed.id}/`));
      void endIfStopped(changed.organization, changed.id);
    }
  });

  /**
   * S3: a source that is paused or gone, or an environment that is gone, keeps no connection, and what runs there ends
   * now. When in doubt, it ends: at once when it was told of, and after a while when nothing but the telling was lost.
   */
  const endIfStopped = async (organization: OrganizationId, id: SourceId, patienceMs = 0): Promise<void> => {
    const inUse = await askPatiently(() => deps.sources.byId(organization, id), patienceMs).then(
      (source) => (source.paused ? [] : source.environments),
      () => [],
    );
    const prefix = `${organization}/${id}/`;
    const kept = new Set(inUse.map((environment) => prefix + environment));
    const isStopped = (key: string) => key.startsWith(prefix) && !kept.has(key);
    current.drop(isStopped);
    for (const [key, entry] of [...pools]) {
      if (!isStopped(key)) continue;
      pools.delete(key);
      entry.pool.close().catch(() => undefined);
    }
    for (const [pool, key] of [...retired]) {
      if (!isStopped(key)) continue;
      retired.delete(pool);
      pool.close().catch(() => undefined);
    }
  };

  const retire = (pool: Pool, key: string) => {
    retired.set(pool, key);
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
    const { organization } = target.source;
    const entry = { version, pool, organization, id, sourceName: target.source.name, mode: target.mode };
    pools.set(key, entry);
    if (known !== undefined) retire(known.pool, key);
    return entry;
  };

  return {
    open: (call, id, environment) => {
      const key = `${call.actor.organizationId}/${id}/${environment}`;
      return current.get(key, () => load(key, call, id, environment));
    },
    close: async () => {
      stop();
      const all = [...retired.keys(), ...[...pools.values()].map((entry) => entry.pool)];
      pools.clear();
      await Promise.all(all.map((pool) => pool.close().catch(() => undefined)));
    },
  };
}
