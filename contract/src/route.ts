import type { z } from 'zod';

/** What a client may give as an `Idempotency-Key`: 8 to 100 printable characters. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,100}$/;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * What a route demands before anything is read from its body.
 * `public`: nobody needs to be signed in. `signed-in`: any person, for what is their own.
 * `<thing>:<verb>`: an action that a context defines and a policy must permit.
 */
export type Permission = 'public' | 'signed-in' | `${string}:${string}`;

/** What the whole product knows about one operation: the server mounts it, the web app and the CLI call it. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  readonly operationId: string;
  readonly method: Method;
  /** With `:name` places, each a key of `params`. */
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly permission: Permission;
  /** The audit event that a success records; `null` only for a GET or for a POST that changes nothing. */
  readonly audit: string | null;
  /** True for a POST that changes nothing (a look-up or a compilation), so that `audit: null` is honest. */
  readonly safe?: boolean;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Takes numbers of more digits than a double holds, as `RawNumber`; elsewhere a body that has one is refused. */
  readonly exactNumbers?: boolean;
  /** The allow-list of what is sent; `null` for 204 and for a stream (then `produces` says which). */
  readonly response: R | null;
  readonly produces?: readonly string[];
  /** What a stream of `application/json` is when it has come whole. It is not checked: the server writes it as rows come. */
  readonly streamed?: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  /**
   * Of a 201, the address of what was made, where that is not the one that was asked (RFC 9110, 10.2.2). `:name` is a
   * member of the answer, `:name.name` one inside of it; else a place of the path.
   */
  readonly location?: `/v1/${string}`;
  /** A creation that honours `Idempotency-Key`: the same key, address and body within a day answers the same. */
  readonly idempotent?: boolean;
  /** Public, and asked by machines at short intervals: no rate limit holds it, so it must cost next to nothing. */
  readonly polled?: boolean;
  /** Largest body, in bytes; 1 MiB when absent. */
  readonly bodyLimit?: number;
}

/** Declares a route; keeps its literal types. */
export function route<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodNull,
>(definition: Route<P, Q, B, R>): Route<P, Q, B, R> {
  return definition;
}

export type ParamsOf<T> = T extends Route<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<T> = T extends Route<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<T> = T extends Route<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type BodyInputOf<T> = T extends Route<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.input<B> : never;
export type QueryInputOf<T> = T extends Route<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.input<Q> : never;
export type ResponseOf<T> = T extends Route<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
