import type { BodyInputOf, ParamsOf, QueryInputOf, ResponseOf, Route } from '@sallyport/contract';
import type { z } from 'zod';

type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

export interface Given<R> {
  readonly params?: ParamsOf<R>;
  readonly query?: QueryInputOf<R>;
  readonly body?: BodyInputOf<R>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is not a success. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, text: string) {
    super(`${status} ${text}`);
    this.status = status;
    this.code = /"code":"(\w+)"/.exec(text)?.[1] ?? '';
  }
}

/** Somebody at a browser, without the browser: keeps the cookie, names the origin, sends the CSRF token. */
export interface Person {
  call<R extends AnyRoute>(route: R, given?: Given<R>): Promise<ResponseOf<R>>;
  /** The raw answer, whatever its status. */
  fetch<R extends AnyRoute>(route: R, given?: Given<R>): Promise<Response>;
}

export function person(origin: string): Person {
  let cookie = '';
  let csrf = '';
  const send = async <R extends AnyRoute>(route: R, given: Given<R> = {}): Promise<Response> => {
    const path = route.path.replace(/:(\w+)/g, (_whole, name: string) =>
      encodeURIComponent(String((given.params as Record<string, unknown>)[name])),
    );
    const url = new URL(path, origin);
    for (const [name, value] of Object.entries((given.query ?? {}) as Record<string, unknown>))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const answer = await fetch(url, {
      method: route.method,
      headers: {
        origin,
        cookie,
        'x-csrf-token': csrf,
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    const set = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    if (set.length > 0) cookie = set.join('; ');
    return answer;
  };
  return {
    fetch: send,
    call: async (route, given) => {
      const answer = await send(route, given);
      const text = await answer.text();
      if (!answer.ok) throw new Refused(answer.status, text.slice(0, 2_000));
      const value = text === '' ? null : JSON.parse(text);
      if (typeof value?.csrfToken === 'string') csrf = value.csrfToken;
      return value;
    },
  };
}
