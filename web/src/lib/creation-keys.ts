import { ApiProblem } from './api-problem.ts';

interface Creation {
  /** A digest: what was sent may hold a credential, which is kept nowhere (W4). */
  readonly body: string;
  readonly key: string;
}

/** The last creation of each operation of which no answer came: it may have been done. */
const unanswered = new Map<string, Creation>();

/** So that the digest of a short secret tells nobody what it is. */
const salt = crypto.randomUUID();

async function digestOf(body: unknown): Promise<string> {
  const text = new TextEncoder().encode(salt + JSON.stringify(body ?? null));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', text)).toString();
}

/**
 * Sends a creation under an idempotency key. When no answer came, or one that says that nobody knows, the same creation
 * sent again has the same key, so that trying again never makes a second thing.
 */
export async function creating<T>(
  operation: string,
  body: unknown,
  send: (key: string) => Promise<T>,
): Promise<T> {
  const digest = await digestOf(body);
  const before = unanswered.get(operation);
  const creation = before?.body === digest ? before : { body: digest, key: crypto.randomUUID() };
  unanswered.set(operation, creation);
  const settle = () => {
    if (unanswered.get(operation) === creation) unanswered.delete(operation);
  };
  try {
    const answer = await send(creation.key);
    settle();
    return answer;
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) settle();
    throw error;
  }
}
