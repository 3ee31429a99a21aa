import type { Actor, PersonActor } from './actor.ts';

/** Who asks, from where, and under which request id: the first argument of every use case. */
export interface Call<A extends Actor = PersonActor> {
  readonly actor: A;
  /** Also in the answer's `x-request-id` and in every problem document. */
  readonly requestId: string;
  /** The peer's address, or the client's as told by a proxy that configuration trusts. */
  readonly address: string;
  /** A short reading of the user agent, such as "Firefox 140 on Linux". */
  readonly device: string;
  /** Ids of the policies that let this call come so far; they stand in its records. */
  readonly decided: Set<string>;
  /** Names of the audit events that this call has recorded, durably; the HTTP layer checks them against the route's. */
  readonly recorded: Map<string, RecordedAs>;
  /**
   * For what takes long: throws, on the record, when whoever asked may not do this any more, because their session ended or
   * a right was taken away. At once while nothing changed. Absent where no session asks.
   */
  readonly assertStillAdmitted?: () => Promise<void>;
}

/** In one commit with a change, which was therefore made; or by itself, as runs, refusals and sign-ins are. */
export type RecordedAs = 'with a change' | 'by itself';

export type AnyCall = Call<Actor>;

/** Nobody asks: a rotation goes on, a pool reconnects, the log can be written again. Names the request that began it. */
export function unattended(requestId: string): AnyCall {
  return {
    actor: { kind: 'anonymous' },
    requestId,
    address: '',
    device: '',
    decided: new Set(),
    recorded: new Map(),
  };
}
