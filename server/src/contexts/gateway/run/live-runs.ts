import type { Call } from '../../../kernel/call.ts';
import type { OrganizationId, PersonId, ReleaseHash, RunId, SourceId } from '../../../kernel/ids.ts';
import { refuse } from '../refusals.ts';
import { createEarlyCancels } from './early-cancels.ts';

/** Why a run was stopped before its end. */
export type StopReason = 'client-left' | 'stood-still' | 'revoked' | 'withdrawn' | 'cancelled' | 'shutdown';

export interface Limits {
  readonly perPerson: number;
  readonly perSource: number;
}

/** What stops a run, and tells that it was stopped: the signal's reason is a `StopReason`. */
export interface Brake {
  readonly signal: AbortSignal;
  /** The first reason counts. */
  stop(reason: StopReason): void;
}

/** A run under way on this node. */
export interface LiveRun {
  /** Null until it is stopped. */
  stopped(): StopReason | null;
  end(): void;
}

/** The runs under way on this node: bounded for each person and each source, and cancelled by their ids. */
export interface LiveRuns {
  /** Refuses with `run_limit_person`, `run_limit_source`, `run_id_in_use`, or `run_cancelled` where the cancel came first. */
  begin(run: {
    readonly id: RunId;
    readonly organization: OrganizationId;
    readonly person: PersonId;
    readonly source: SourceId;
    readonly brake: Brake;
    readonly call: Call;
    /** Null for a draft's. */
    readonly release: ReleaseHash | null;
    /** The `rechecks` before it was decided that it may. */
    readonly decided: number;
  }): LiveRun;
  /** How often it was asked anew what may run. */
  readonly rechecks: number;
  has(id: RunId, organization: OrganizationId, person: PersonId): boolean;
  /** Stops the run of this person that has that id, or keeps it from beginning within the next minute. */
  cancel(id: RunId, organization: OrganizationId, person: PersonId): void;
  /** Stops the runs of an organization, or of all, that might not begin now. */
  recheck(organization: OrganizationId | null, may: MayRun): void;
  /** Resolves when every run has been stopped and its end is on the record. */
  stopAll(): Promise<void>;
  readonly size: number;
}

export type MayRun = (call: Call, release: ReleaseHash | null) => Promise<boolean>;

interface Entry {
  readonly organization: OrganizationId;
  readonly person: PersonId;
  readonly release: ReleaseHash | null;
  /** Let go at the end: tables that the map has outgrown still hold the entry (0019). */
  brake: Brake | null;
  call: Call | null;
}

export function createLiveRuns(limits: Limits): LiveRuns {
  const runs = new Map<RunId, Entry>();
  const early = createEarlyCancels();
  let none: (() => void) | undefined;
  const counts = new Map<string, number>();
  let rechecks = 0;
  let latest: MayRun | undefined;
  const check = (entry: Entry, may: MayRun) => {
    const { call, release } = entry;
    if (call !== null) void may(call, release).then((still) => still || entry.brake?.stop('withdrawn'));
  };
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
    begin: ({ id, organization, person, source, brake, call, release, decided }) => {
      const byPerson = `person/${person}`;
      const bySource = `source/${source}`;
      if (runs.has(id)) throw refuse('run_id_in_use');
      if (early.includes(id, organization, person)) throw refuse('run_cancelled');
      if ((counts.get(byPerson) ?? 0) >= limits.perPerson) {
        throw refuse('run_limit_person', { values: { limit: limits.perPerson } });
      }
      if ((counts.get(bySource) ?? 0) >= limits.perSource) {
        throw refuse('run_limit_source', { values: { limit: limits.perSource }, extra: { retryAfter: 1 } });
      }
      const entry: Entry = { organization, person, release, brake, call };
      runs.set(id, entry);
      count(byPerson, 1);
      count(bySource, 1);
      // It was not among the live ones when these were asked for.
      if (decided !== rechecks && latest !== undefined) check(entry, latest);
      return {
        stopped: () => (brake.signal.aborted ? (brake.signal.reason as StopReason) : null),
        end: () => {
          if (!runs.delete(id)) return;
          entry.brake = null;
          entry.call = null;
          count(byPerson, -1);
          count(bySource, -1);
          if (runs.size === 0) none?.();
        },
      };
    },
    has: (id, organization, person) => own(id, organization, person) !== undefined,
    cancel: (id, organization, person) => {
      const run = own(id, organization, person);
      if (run === undefined) early.remember(id, organization, person);
      else run.brake?.stop('cancelled');
    },
    recheck: (organization, may) => {
      rechecks += 1;
      latest = may;
      // Asked once of a person and a release, however many runs they have.
      const answers = new Map<string, Promise<boolean>>();
      const once: MayRun = (call, release) => {
        const key = `${call.actor.organizationId} ${call.actor.personId} ${release}`;
        const answer = answers.get(key) ?? may(call, release);
        answers.set(key, answer);
        return answer;
      };
      for (const entry of runs.values())
        if (organization === null || entry.organization === organization) check(entry, once);
    },
    stopAll: async () => {
      if (runs.size === 0) return;
      const ended = new Promise<void>((resolve) => {
        none = resolve;
      });
      for (const { brake } of runs.values()) brake?.stop('shutdown');
      await ended;
    },
    get rechecks() {
      return rechecks;
    },
    get size() {
      return runs.size;
    },
  };
}
