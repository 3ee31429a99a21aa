import type { EnvironmentName, RunAnswer } from '@sallyport/contract';
import { explainError } from '../../lib/explain-error.ts';
import type { Runner, RunRequest } from '../../runtime/engine/runner.ts';
import { createDraftRunner } from '../../runtime/run-client.ts';
import type { RunEntry, RunLog } from './run-log.ts';

/** Runs the draft's queries in one environment, and notes each run for the debug panel. */
export function createLoggedRunner(
  appId: string,
  environment: EnvironmentName,
  runs: RunLog,
  by: RunEntry['by'],
): Runner {
  const runner = createDraftRunner(appId, environment);
  return {
    async run(request: RunRequest, signal: AbortSignal): Promise<RunAnswer> {
      const since = performance.now();
      const { begin, end, keep } = runs.getState();
      begin({
        id: request.runId,
        query: request.query,
        by,
        environment,
        at: Date.now(),
        sent: { appId, environment, ...request },
        state: 'running',
      });
      const took = () => Math.round((performance.now() - since) * 10) / 10;
      try {
        const answer = await runner.run(request, signal);
        end(request.runId, {
          state: 'ok',
          ms: took(),
          sourceMs: answer.end.sourceMs,
          rows: answer.end.rows,
          changed: answer.end.changed,
        });
        keep(request.query, { ...answer, environment, ms: took() });
        return answer;
      } catch (error) {
        const problem = explainError(error);
        end(request.runId, { state: signal.aborted ? 'stopped' : 'failed', ms: took(), problem });
        throw error;
      }
    },
  };
}
