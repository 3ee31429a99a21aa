import { ApiProblem } from '../../lib/api-problem.ts';

/** Whether the password was right and the code of the second step is still to come. */
export const secondFactorAsked = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'second_factor_required';
