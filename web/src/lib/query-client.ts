import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';

/** What the server refused will be refused again: only silence and overload are tried once more. */
const worthAnotherTry = (failures: number, error: unknown): boolean =>
  failures < 1 && (!(error instanceof ApiProblem) || error.status === 503 || error.status === 502);

export const queryClient = new QueryClient({
  defaultOptions: {
    // Asked even while the browser thinks that it is offline: a page says what is wrong and does not wait without a
    // word, and a change is refused now and never sent later, when nobody looks at it any more.
    queries: {
      staleTime: 15_000,
      retry: worthAnotherTry,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    // What was sent may be a password: it is forgotten a second after the form that it was typed into is left (W4).
    mutations: { retry: false, networkMode: 'always', gcTime: 1_000 },
  },
});
