import type { CompiledView, SentStatement } from '@sallyport/contract';
import { IconServer } from '@tabler/icons-react';
import type { RunEntry } from '../live/run-log.ts';
import { HighlightedSql } from './highlighted-sql.tsx';
import { SentBinds } from './sent-binds.tsx';

/**
 * What the source received, by the server's own word. A run that failed or was refused has no such word: then it shows
 * what was compiled, and says that it is only that.
 */
export function ServerRan({ run, compiled, children }: Props) {
  const told = run.statements;
  const ran = run.state === 'ok';
  const title = ran ? 'The server ran' : 'Compiled';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section tabIndex={0} aria-label={title}>
      <h4>
        <IconServer size={15} stroke={1.75} aria-hidden="true" />
        {title}
        {told && run.sent.window !== undefined && (
          <span className="sp-end sp-t3" style={{ fontWeight: 400 }}>
            with paging applied
          </span>
        )}
      </h4>
      {!ran && (
        <p className="sp-t2 sp-sm bd-only">
          {run.state === 'stopped' ? 'The run was stopped' : 'The run was refused or failed'} before it
          returned. This is the compiled statement, without that run’s paging and values.
        </p>
      )}
      {told?.map((statement) => (
        <Statement key={statement.brings} statement={statement} run={run} compiled={compiled} />
      ))}
      {!told &&
        compiled?.statements.map((text) => (
          <pre key={text} className="bd-pre bd-stmt">
            <HighlightedSql text={text} />
          </pre>
        ))}
      {children}
    </section>
  );
}

interface Props {
  readonly run: RunEntry;
  readonly compiled: CompiledView | undefined;
  readonly children: React.ReactNode;
}

function Statement({
  statement,
  run,
  compiled,
}: Omit<Props, 'children'> & { readonly statement: SentStatement }) {
  return (
    <div className="bd-stmt">
      {statement.brings === 'total' && <h5>For the total, in the same snapshot</h5>}
      <pre className="bd-pre">
        <HighlightedSql text={statement.text} />
      </pre>
      <SentBinds binds={statement.binds} run={run} compiled={compiled} />
      {statement.whole !== undefined && (
        <details className="bd-whole">
          <summary>As sent to the database, which returns each row as JSON</summary>
          <pre className="bd-pre">
            <HighlightedSql text={statement.whole} />
          </pre>
        </details>
      )}
    </div>
  );
}
