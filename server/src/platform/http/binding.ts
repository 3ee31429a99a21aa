import type { ServerResponse } from 'node:http';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '@sallyport/contract';
import type { Actor, PersonActor } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import type { Secret } from '../../kernel/secret.ts';

/** What a handler may need of HTTP itself; most use none of it. */
export interface Wire {
  /** Aborts when the client leaves or its session is revoked. */
  readonly signal: AbortSignal;
  /** Aborts the signal for a reason of the handler's own; the first reason counts. */
  stop(reason: string): void;
  readonly accept: string;
  /** Sets the session cookie; `seconds` is its longest life. */
  setSession(token: Secret, seconds: number): void;
  clearSession(): void;
  /**
   * Takes the answer over: from here on the handler owns the response, its status is 200 and its headers go out with the
   * first byte. Call it when the first bytes are there; until then a refusal is still a problem document. With
   * `content-length` among the headers, a short answer goes out in one write.
   */
  stream(contentType: string, headers?: Readonly<Record<string, string>>): ServerResponse;
}

/** Input of one operation, already validated against the contract. */
export interface Input<R> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
}

/**
 * An answer that was checked against its schema and written as JSON before, compressed with gzip: for what is large and
 * asked for often, so that nobody waits while it is checked and written again.
 */
export class WrittenAnswer {
  readonly gzipped: Buffer;
  constructor(gzipped: Buffer) {
    this.gzipped = gzipped;
  }
}

type CallFor<R> = R extends { permission: 'public' } ? Call<Actor> : Call<PersonActor>;
type Answer<R> = R extends { response: null } ? unknown : ResponseOf<R>;

/** A route and what serves it. */
export interface Binding {
  readonly route: Route;
  readonly serve: (call: Call<Actor>, input: Input<Route>, wire: Wire) => Promise<unknown>;
}

/** Binds a contract route to its use case. The mount has authenticated, authorised and validated before this runs. */
export function handle<R extends Route<never, never, never, never> | Route>(
  route: R,
  serve: (call: CallFor<R>, input: Input<R>, wire: Wire) => Promise<Answer<R> | WrittenAnswer>,
): Binding {
  return { route: route as unknown as Route, serve: serve as unknown as Binding['serve'] };
}
