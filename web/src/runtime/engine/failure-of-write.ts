import { ApiProblem, ownProblem } from '../../lib/api-problem.ts';

/** Codes that this browser gives to an answer that did not come whole. */
const NO_ANSWER: ReadonlySet<string> = new Set(['answer_cut_off', 'unreadable_answer']);

/** What a write failed with. One that got no whole answer may have been made all the same, and is not simply tried again. */
export function failureOfWrite(error: unknown): unknown {
  const problem = error instanceof ApiProblem ? error.problem : undefined;
  const unanswered = problem === undefined ? error instanceof TypeError : NO_ANSWER.has(problem.code);
  if (!unanswered) return error;
  return ownProblem({
    code: 'write_unanswered',
    title: 'The connection was lost before the change was confirmed.',
    status: 502,
    next: 'It may have been made. Check before you try again.',
    requestId: problem?.requestId ?? '',
  });
}
