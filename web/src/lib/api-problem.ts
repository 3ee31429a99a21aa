import type { Problem } from '@sallyport/contract';

/** A refusal or fault that the server answered, as RFC 9457 problem; `retryAfter` is in seconds. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.title);
    this.name = 'ApiProblem';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
}

/** What the page says by itself, in the form in which the server says what it refuses. */
export const ownProblem = (
  said: Omit<Problem, 'type' | 'requestId'> & { readonly requestId?: string },
  retryAfter?: number,
): ApiProblem => new ApiProblem({ type: 'about:blank', requestId: '', ...said }, retryAfter);

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'title' in value && 'status' in value;

/** Reads the problem of a failed answer; a proxy's page or an empty body becomes one too. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const body: unknown = await answer.json().catch(() => undefined);
  const seconds = Number(answer.headers.get('retry-after'));
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
  if (isProblem(body)) return new ApiProblem(body, retryAfter);
  return ownProblem(
    {
      code: 'unreadable_answer',
      title: `The server responded with ${answer.status} and no explanation.`,
      status: answer.status,
      next: 'Try again in a moment. If this continues, ask the person who runs this installation.',
      requestId: answer.headers.get('x-request-id') ?? '',
    },
    retryAfter,
  );
}

export const isPage = (answer: Response): boolean =>
  (answer.headers.get('content-type') ?? '').startsWith('text/html');

/** Not from the server at all, although it looks like a success. */
export const answeredInItsPlace = (): ApiProblem =>
  ownProblem({
    code: 'unreadable_answer',
    title: 'Something between your browser and Sallyport responded instead.',
    status: 502,
    next: 'Your network or a proxy may require you to sign in. Open this address in another tab, then try again here.',
  });

/** Whether the server itself said no: asked again, it says the same. Without its reason, an answer may be a proxy's, or a half of ours. */
export const isRefused = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem &&
  error.status >= 400 &&
  error.status < 500 &&
  error.status !== 429 &&
  error.code !== 'unreadable_answer';

/** Of a browser that has no network: the server knows nothing of it. */
export const notSent = (): ApiProblem =>
  ownProblem({
    code: 'offline',
    title: 'You are offline.',
    status: 503,
    next: 'Nothing was sent. Try again when you are connected.',
  });

/** Of a session whose cookie the browser threw away: it ended with the answer that began it. */
export const sessionNotKept = (): ApiProblem =>
  ownProblem({
    code: 'session_not_kept',
    title: 'Your browser did not keep you signed in.',
    status: 401,
    next: 'Allow cookies for this address, then sign in again.',
  });

/** An answer without its end: none of it may be used. */
export const cutOff = (requestId: string, next: string): ApiProblem =>
  ownProblem({
    code: 'answer_cut_off',
    title: 'The response was incomplete.',
    status: 502,
    next,
    requestId,
  });
