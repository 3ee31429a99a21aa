import { Problem, type Route } from '@sallyport/contract';
import { expect } from 'vitest';
import type { TestClient } from '../app.ts';

/** What a caller sees of an answer, without what differs each time. */
export interface Seen {
  readonly status: number;
  readonly code: string | undefined;
  readonly title: string | undefined;
}

export interface Sent {
  readonly params?: unknown;
  readonly query?: unknown;
  /** Sent as it is when text, otherwise as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends anything at all to a route, and checks what every answer must be: no fault, a whole problem, nothing stored. */
export async function send(client: TestClient, route: Route, sent: Sent = {}): Promise<Seen> {
  const params = (sent.params ?? {}) as Record<string, unknown>;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name]).toWellFormed()),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((sent.query ?? {}) as object)) query.set(name, String(value));
  const body =
    sent.body === undefined || route.method === 'GET'
      ? undefined
      : typeof sent.body === 'string'
        ? sent.body
        : JSON.stringify(sent.body);
  const response = await client.raw(query.size === 0 ? path : `${path}?${query}`, {
    method: route.method,
    ...(body === undefined ? {} : { body }),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...sent.headers },
  });
  const text = await response.text();
  // An address too long for HTTP itself never reaches us.
  if (response.status === 431) return { status: 431, code: undefined, title: undefined };
  const what = `${route.operationId} ${response.status} ${text.slice(0, 300)}`;
  expect(response.status, what).toBeLessThan(500);
  expect(response.headers.get('cache-control'), what).toBe('no-store');
  if (response.ok) return { status: response.status, code: undefined, title: undefined };
  expect(response.headers.get('content-type'), what).toContain('application/problem+json');
  const problem = Problem.parse(JSON.parse(text));
  expect(problem.requestId, what).toBe(response.headers.get('x-request-id'));
  return { status: problem.status, code: problem.code, title: problem.title };
}
