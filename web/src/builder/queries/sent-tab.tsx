import type { CompiledView } from '@sallyport/contract';
import { IconWorld } from '@tabler/icons-react';
import { figure } from '../../lib/number.ts';
import { useRuns } from '../builder-context.ts';
import { groupTouched } from '../touched/group-touched.ts';
import { TouchedColumns } from '../touched/touched-columns.tsx';
import { compiledBy } from './check.ts';
import type { OpenQuery } from './panel-store.ts';
import { ServerRan } from './server-ran.tsx';
import { Why } from './why.tsx';

/** What went over the wire, beside the statement that the server ran, and why it was allowed. */
export function SentTab({ name, query }: { readonly name: string; readonly query: OpenQuery }) {
  const run = useRuns((s) => s.runs.find((one) => one.query === name && one.state !== 'running'));
  const compiled = compiledBy(query.check);
  if (!run) {
    return (
      <p className="bd-none" style={{ padding: 12 }}>
        Run the query to compare what the browser sent with what the server ran.
      </p>
    );
  }
  const text = JSON.stringify(run.sent, null, 2);
  return (
    <div className="bd-tri">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section tabIndex={0} aria-label="The browser sent">
        <h4>
          <IconWorld size={15} stroke={1.75} aria-hidden="true" />
          The browser sent
          <span className="sp-end sp-t3 sp-tn" style={{ fontWeight: 400 }}>
            {figure(new Blob([JSON.stringify(run.sent)]).size)} bytes
          </span>
        </h4>
        <pre className="bd-pre">
          <Json text={text} />
        </pre>
      </section>
      <ServerRan run={run} compiled={compiled}>
        {compiled && <Touched tables={compiled.tables} />}
      </ServerRan>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section tabIndex={0} aria-label="Why">
        <Why
          runId={run.id}
          refused={run.state === 'failed' ? (run.problem?.title ?? 'It failed') : undefined}
        />
      </section>
    </div>
  );
}

/** What of the source it reads and writes, by the compiler. */
function Touched({ tables }: { readonly tables: CompiledView['tables'] }) {
  if (tables === null)
    return <p className="bd-touched-list sp-t2">Could not be analysed. It may touch any table.</p>;
  return (
    <dl className="bd-touched-list" aria-label="Touched">
      {groupTouched(tables).map((touched) => (
        <div key={touched.name}>
          <dt className="sp-mono">{touched.name}</dt>
          <dd className="sp-t2">
            <TouchedColumns {...touched} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Json({ text }: { readonly text: string }) {
  const parts = text.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?|-?\b\d+(?:\.\d+)?\b|\btrue\b|\bfalse\b|\bnull\b)/);
  return (
    <>
      {parts.map((part, i) => {
        const kind =
          i % 2 === 0 ? undefined : part.endsWith(':') ? 'bd-k' : part.startsWith('"') ? 'bd-s' : 'bd-n';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are only their place
          <span key={i} className={kind}>
            {part}
          </span>
        );
      })}
    </>
  );
}
