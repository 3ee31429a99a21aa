import type { CompiledArgument } from '@sallyport/contract';
import { ApiProblem } from '../../lib/api-problem.ts';
import type { Runner } from './runner.ts';

/** A runner whose refusal of an argument names the input that it comes from, as the page does: nobody else knows arguments. */
export const withLabels = (
  runner: Runner,
  argumentsOf: (query: string) => readonly CompiledArgument[],
  /** The label of an input, empty for what has none. */
  labelOf: (id: string) => string,
): Runner => ({
  run: (request, signal) =>
    runner.run(request, signal).catch((error: unknown) => {
      throw error instanceof ApiProblem && error.code === 'argument_invalid'
        ? labelled(error, argumentsOf(request.query), labelOf)
        : error;
    }),
});

function labelled(
  error: ApiProblem,
  known: readonly CompiledArgument[],
  labelOf: (id: string) => string,
): ApiProblem {
  const places = (error.problem.places ?? []).map((place) => {
    const found = known.find(({ name }) => place.path === `arguments.${name}`);
    const input = /^\s*([A-Za-z_]\w*)\.value\b/.exec(found?.expression ?? '')?.[1];
    return { ...place, path: (input && labelOf(input)) || place.path };
  });
  const [first] = places;
  if (first?.path === undefined || first.path === error.problem.places?.[0]?.path) return error;
  return new ApiProblem({ ...error.problem, title: `${first.path} is not valid.`, places }, error.retryAfter);
}
