import type { OrganizationId, PersonId, RunId, SourceId } from '../../../kernel/ids.ts';
import { refuse } from '../refusals.ts';

/** Why a run was stopped before its end. */
export type StopReason = 'client-left' | 'revoked' | 'cancelled' | 'shutdown';

export interface Limits {
  readonly perPerson: number;
  readonly perSource: number;
}

/** A run under way on this node. */
export interface LiveRun {
  readonly id: RunId;
  readonly signal: AbortSignal;
  stop(reason: StopReason): void;
  /** Set once it was stopped. */
  readonly stopped: StopReason | null;
  end(): void;
}

/** The runs under way on this node: bounded for each person and each source, and cancelled by their ids. */
export interface LiveRuns {
  /** Refuses with `run_limit_person`, `run_limit_source` or `run_id_in_use`. */
  begin(run: {
    readonly id: RunId;
    readonly organization: OrganizationId;
    readonly person: PersonId;
    readonly source: SourceId;
  }): LiveRun;
  has(id: RunId, organization: OrganizationId, person: PersonId): boolean;
  /** Stops a run of this person, if one of that id is here. */
  cancel(id: RunId, organization: OrganizationId, person: PersonId): void;
  stopAll(): void;
  readonly size: number;
}

interface Entry extends LiveRun {
  readonly organization: OrganizationId;
  readonly person: PersonId;
}

export function createLiveRuns(limits: Limits): LiveRuns {
  const runs = new Map<RunId, Entry>();
  const counts = new Map<string, number>();
  const count = (key: string, by: 1 | -1) => {
    const next = (counts.get(key) ?? 0) + by;
    if (next === 0) counts.delete(key);
    else counts.set(key, next);
  };

  const own = (id: RunId, organization: OrganizationId, person: PersonId) => {
    const entry = runs.get(id);
    return entry?.person === person && entry.organization === organization ? entry : undefined;
  };

  return {
    begin: ({ id, organization, person, source }) => {
      const byPerson = `person/${person}`;
      const bySource = `source/${source}`;
      if (runs.has(id)) throw refuse('run_id_in_use');
      if ((counts.get(byPerson) ?? 0) >= limits.perPerson) {
        throw refuse('run_limit_person', { values: { limit: limits.perPerson } });
      }
      if ((counts.get(bySource) ?? 0) >= limits.perSource) {
        throw refuse('run_limit_source', { values: { limit: limits.perSource }, extra: { retryAfter: 1 } });
      }
      const controller = new AbortController();
      let stopped: StopReason | null = null;
      const entry: Entry = {
        id,
        organization,
        person,
        signal: controller.signal,
        get stopped() {
          return stopped;
        },
        stop: (reason) => {
          if (stopped !== null) return;
          stopped = reason;
          controller.abort(reason);
        },
        end: () => {
          if (!runs.delete(id)) return;
          count(byPerson, -1);
          count(bySource, -1);
        },
      };
      runs.set(id, entry);
      count(byPerson, 1);
      count(bySource, 1);
      return entry;
    },
    has: (id, organization, person) => own(id, organization, person) !== undefined,
    cancel: (id, organization, person) => own(id, organization, person)?.stop('cancelled'),
    stopAll: () => {
      for (const entry of runs.values()) entry.stop('shutdown');
    },
    get size() {
      return runs.size;
    },
  };
}
