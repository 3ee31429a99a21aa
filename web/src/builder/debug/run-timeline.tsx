import { IconCircleCheck, IconCircleX, IconLoader2, IconPlayerStop } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { count, figure } from '../../lib/number.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Time } from '../../ui/time.tsx';
import type { RunEntry } from '../live/run-log.ts';
import { Why } from '../queries/why.tsx';

const icons = {
  ok: IconCircleCheck,
  failed: IconCircleX,
  running: IconLoader2,
  stopped: IconPlayerStop,
} as const;
const tones = { ok: 'sp-ok', failed: 'sp-bad', running: 'sp-acc', stopped: 'sp-t3' } as const;

/** Runs with what came of each, newest first. */
export function RunTimeline({ runs }: { readonly runs: readonly RunEntry[] }) {
  const [open, setOpen] = useState<string>();
  if (runs.length === 0) {
    return (
      <p className="bd-none" style={{ padding: 12 }}>
        No runs yet.
      </p>
    );
  }
  return (
    <div className="bd-scroll">
      <table className="bd-args">
        <thead>
          <tr>
            <th>At</th>
            <th>Query</th>
            <th>By</th>
            <th>Outcome</th>
            <th className="bd-right">Total</th>
            <th>Request or run ID</th>
            <th>
              <span className="sp-visually-hidden">Why</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            const Icon = icons[run.state];
            const id = run.problem?.requestId || run.id;
            return (
              <Fragment key={run.id}>
                <tr>
                  <td>
                    <Time at={new Date(run.at).toISOString()} seconds />
                  </td>
                  <td className="sp-mono">{run.query}</td>
                  <td className="sp-t2">
                    {run.by === 'page' ? 'the page' : 'hand'}, {run.environment}
                  </td>
                  <td>
                    <span className={`sp-row sp-g6 ${tones[run.state]}`}>
                      <Icon
                        size={14}
                        stroke={2}
                        className={run.state === 'running' ? 'sp-spin' : undefined}
                        aria-hidden="true"
                      />
                      {outcome(run)}
                    </span>
                    {run.problem && run.state === 'failed' && (
                      <span className="sp-t2 sp-xs" style={{ display: 'block' }}>
                        {run.problem.detail ?? run.problem.next}
                      </span>
                    )}
                  </td>
                  <td className="bd-right sp-tn sp-nw">
                    {run.ms === undefined ? '' : `${figure(run.ms)} ms`}
                  </td>
                  <td>
                    <span className="sp-row sp-g4 sp-mono sp-t3" title={id}>
                      {id.slice(0, 8)}
                      <CopyButton
                        text={id}
                        label={run.problem?.requestId ? 'Copy request ID' : 'Copy run ID'}
                      />
                    </span>
                  </td>
                  <td>
                    <button
                      type="button"
                      className="sp-linkish"
                      aria-expanded={open === run.id}
                      onClick={() => setOpen(open === run.id ? undefined : run.id)}
                    >
                      Why
                    </button>
                  </td>
                </tr>
                {open === run.id && (
                  <tr>
                    <td colSpan={7}>
                      <Why
                        runId={run.id}
                        refused={run.state === 'failed' ? (run.problem?.title ?? 'It failed.') : undefined}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function outcome(run: RunEntry): string {
  if (run.state === 'running') return 'Running';
  if (run.state === 'stopped') return 'Stopped';
  if (run.state === 'failed') return run.problem?.title ?? 'Failed';
  const rows = run.changed ?? run.rows ?? 0;
  return `Allowed, ${count(rows, 'row')}${run.changed === null || run.changed === undefined ? '' : ' changed'}`;
}
