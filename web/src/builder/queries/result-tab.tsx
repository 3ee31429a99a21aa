import { IconPlayerPlay, IconTableOff } from '@tabler/icons-react';
import { count, figure } from '../../lib/number.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/note.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { OpenQuery } from './panel-store.ts';
import type { PreviewResult } from './preview-result.ts';
import { ResultTable } from './result-table.tsx';

interface ResultTabProps {
  readonly result: PreviewResult | undefined;
  readonly running: OpenQuery['running'];
  readonly onRun: () => void;
  /** Of an answer that has its rows in a field: which, and what takes them from there. */
  readonly within?: { readonly name: string; readonly use: () => void } | undefined;
}

/** What the last run brought. */
export function ResultTab({ result, running, onRun, within }: ResultTabProps) {
  if (running) {
    return (
      <div className="bd-scroll" style={{ padding: 16 }}>
        <div className="sp-row">
          <span className="sp-t2">Running…</span>
          <Button size="xs" onClick={() => running.abort()}>
            Stop
          </Button>
        </div>
        <SkeletonLines lines={5} height={26} />
      </div>
    );
  }
  if (!result) {
    return (
      <EmptyState
        icon={<IconTableOff size={24} stroke={1.5} aria-hidden="true" />}
        title="Not run yet"
        text="Runs the saved query in the selected environment, exactly as it runs for members."
      >
        <Button size="sm" icon={<IconPlayerPlay size={14} stroke={2} aria-hidden="true" />} onClick={onRun}>
          Run
        </Button>
      </EmptyState>
    );
  }
  if (result.state === 'failed') {
    const { title, detail, next, requestId, code } = result.why;
    return (
      <div className="bd-scroll" style={{ padding: 12 }} role="alert">
        <Note tone="bad" title={title}>
          {detail && <span className="sp-mono">{detail} </span>}
          {next}
        </Note>
        <div className="sp-row sp-t3 sp-sm" style={{ marginTop: 8 }}>
          <span className="sp-mono">{code}</span>
          {requestId && (
            <>
              <span className="sp-mono">{requestId}</span>
              <CopyButton text={requestId} label="Copy request ID" />
            </>
          )}
        </div>
      </div>
    );
  }
  const { truncated, changed } = result.end;
  return (
    <>
      {truncated && (
        <div style={{ padding: 8 }}>
          <Note tone="warn" title="There are more rows.">
            {truncated.by === 'rows'
              ? `The result was limited to ${figure(truncated.cap)} rows. Raise the row cap under Settings, or narrow the query.`
              : `The result was limited to ${figure(truncated.cap)} bytes. Select fewer columns or rows.`}
          </Note>
        </div>
      )}
      {result.headers && Object.keys(result.headers).length > 0 && (
        <dl className="bd-headers sp-mono sp-sm">
          {Object.entries(result.headers).map(([name, value]) => (
            <div key={name}>
              <dt className="sp-t2">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {within && (
        <div style={{ padding: 8 }}>
          <Note
            title="The response is one object."
            action={
              <Button size="xs" onClick={within.use}>
                Use its items as rows
              </Button>
            }
          >
            It contains one list, <span className="sp-mono">{within.name}</span>.
          </Note>
        </div>
      )}
      {result.columns.length === 0 ? (
        <EmptyState
          title={changed === null ? 'No result' : `${count(changed, 'row')} changed`}
          text={
            changed === null
              ? undefined
              : `In ${result.environment}. Add “returning” to the statement to see the rows.`
          }
        />
      ) : (
        <ResultTable columns={result.columns} rows={result.rows} />
      )}
    </>
  );
}
