import { IconAlertCircle } from '@tabler/icons-react';
import { count } from '../../lib/number.ts';
import { useEditor } from '../builder-context.ts';
import { readersOf } from '../document/readers-of.ts';
import { describeValue, shortValue } from '../inspector/short-value.ts';
import { useComponentState, useQueryState, useVariables } from '../live/use-live.ts';

/** Every name with its present values, its errors and what reads it. */
export function StateTree() {
  const document = useEditor((s) => s.document);
  const page = useEditor((s) => s.page);
  const queries = useEditor((s) => s.queries);
  const readers = readersOf(document, queries);
  const components = Object.keys(document.pages[page]?.components ?? {}).sort();
  const variables = useVariables() ?? {};
  return (
    <div className="bd-scroll bd-state">
      {Object.keys(queries)
        .sort()
        .map((name) => (
          <QueryNode key={name} name={name} readers={readers.get(name) ?? []} />
        ))}
      {components.map((id) => (
        <ComponentNode key={id} id={id} readers={readers.get(id) ?? []} />
      ))}
      {Object.entries(variables).map(([name, value]) => (
        <details key={name}>
          <summary>
            <span className="sp-mono sp-m">variables.{name}</span>
            <span className="sp-mono sp-t2">{shortValue(value)}</span>
          </summary>
          <pre className="bd-pre">{JSON.stringify(value, null, 2)}</pre>
        </details>
      ))}
    </div>
  );
}

function ComponentNode({ id, readers }: { readonly id: string; readonly readers: readonly string[] }) {
  const state = useComponentState(id);
  const errors = Object.entries(state?.errors ?? {});
  return (
    <details>
      <summary>
        <span className="sp-mono sp-m">{id}</span>
        {errors.length > 0 && <Errors errors={errors.length} />}
        <ReadBy readers={readers} />
      </summary>
      {state && (
        <>
          {Object.entries(state.exposed).map(([name, value]) => (
            <Value key={name} name={name} value={value} />
          ))}
          {errors.map(([name, error]) => (
            <div key={name} className="bd-state-line sp-bad">
              <span className="sp-mono">{name}</span> {error}
            </div>
          ))}
        </>
      )}
    </details>
  );
}

function QueryNode({ name, readers }: { readonly name: string; readonly readers: readonly string[] }) {
  const state = useQueryState(name);
  const error = state?.error;
  return (
    <details>
      <summary>
        <span className="sp-mono sp-m">{name}</span>
        <span className="sp-t2">
          {state?.isFetching ? 'running' : state?.data ? describeValue(state.data).text : 'not run'}
        </span>
        {error ? <Errors errors={1} /> : null}
        <ReadBy readers={readers} />
      </summary>
      {state && (
        <>
          <Value name="data" value={state.data} />
          <Value name="total" value={state.total} />
          <Value name="lastRunAt" value={state.lastRunAt} />
          {state.waiting && <div className="bd-state-line sp-warn">Waiting: {state.waiting}</div>}
          {error instanceof Error && <div className="bd-state-line sp-bad">{error.message}</div>}
        </>
      )}
    </details>
  );
}

const Errors = ({ errors }: { readonly errors: number }) => (
  <span className="sp-row sp-g4 sp-bad">
    <IconAlertCircle size={13} stroke={2} aria-hidden="true" />
    {count(errors, 'error')}
  </span>
);

const ReadBy = ({ readers }: { readonly readers: readonly string[] }) =>
  readers.length === 0 ? null : (
    <span className="sp-end sp-t3 sp-xs sp-cut">used by {readers.join(', ')}</span>
  );

function Value({ name, value }: { readonly name: string; readonly value: unknown }) {
  const { type, text } = describeValue(value);
  return (
    <div className="bd-state-line">
      <span className="sp-mono">{name}</span>
      <span className="sp-t3">{type}</span>
      <span className="sp-mono sp-t2 sp-cut">{text}</span>
    </div>
  );
}
