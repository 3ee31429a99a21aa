import { ApiProblem } from '../../lib/api-problem.ts';

/** How long a throttled caller has to wait, in seconds; nothing for any other error. */
export function waitSeconds(error: unknown): number | undefined {
  if (!(error instanceof ApiProblem) || error.status !== 429) return undefined;
  const said = Number(error.problem.extra?.seconds ?? error.retryAfter ?? 30);
  return Number.isFinite(said) && said > 0 ? said : 30;
}
