import type { RestQuery } from '@sallyport/contract';
import { useMemo } from 'react';
import { useBuilder } from '../builder-context.ts';
import { CodeEditor } from '../code/code-editor.tsx';
import { FieldEditor } from '../code/field-editor.tsx';
import { bodyLanguage } from '../code/query-language.ts';
import { useScope } from '../code/use-scope.ts';
import { type BodyKind, bodyAs, kindOf } from './body-kind.ts';
import { diagnosticsOf, placeInDocument } from './diagnostics-of.ts';
import { PairList } from './pair-list.tsx';
import type { OpenQuery } from './panel-store.ts';
import { placeInRequest } from './place-in-request.ts';
import { changeQuery, saveQuery } from './query-commands.ts';
import { runQuery } from './run-query.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface RestEditorProps {
  readonly name: string;
  readonly query: OpenQuery & { readonly document: RestQuery };
}

/** A request below its source's address: method, path, query, headers and body, each with holes. */
export function RestEditor({ name, query }: RestEditorProps) {
  const builder = useBuilder();
  const scope = useScope();
  const { document, check } = query;
  const set = (part: Partial<RestQuery>) => {
    const now = builder.panel.getState().open[name]?.document;
    if (now?.kind === 'rest') changeQuery(builder, name, { ...now, ...part });
  };
  const language = useMemo(() => bodyLanguage(scope), [scope]);
  const body = document.body;
  const kind = kindOf(body);
  const problems = check?.state === 'refused' ? check.places.filter((p) => p.path !== 'body.json') : [];
  const diagnostics = useMemo(
    () => (body && 'json' in body ? diagnosticsOf(check, body.json, 'body.json', 'rest') : []),
    [check, body],
  );
  return (
    <div className="bd-scroll">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key means the same in each of its fields */}
      <div
        className="bd-rest-form"
        key={name}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.stopPropagation();
          void runQuery(builder, name);
        }}
      >
        <div className="bd-rest-line">
          <select
            className="bd-input sp-mono"
            style={{ height: 28 }}
            aria-label="Method"
            value={document.method}
            onChange={(event) => set({ method: event.currentTarget.value as RestQuery['method'] })}
          >
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </select>
          <FieldEditor
            label="Path"
            value={document.path}
            placeholder="/tickets/{{ ticketsTable.selectedKey }}"
            onChange={(path) => set({ path })}
          />
        </div>
        {problems.map((place) => (
          <p key={place.message} className="sp-hint sp-bad" style={{ margin: 0 }} role="alert">
            {place.path ? `${placeInRequest(placeInDocument(place.path))}: ` : ''}
            {place.message}
          </p>
        ))}
        <PairList title="Query" pairs={document.query} onChange={(pairs) => set({ query: pairs })} />
        <PairList title="Headers" pairs={document.headers} onChange={(pairs) => set({ headers: pairs })} />
        {/* A body that was written stays in sight: under GET it can be taken away there. */}
        {(document.method !== 'GET' || body) && (
          <div>
            <h4>
              Body
              <select
                className="bd-input sp-end"
                style={{ width: 110 }}
                aria-label="Body type"
                value={kind}
                onChange={(event) => {
                  const bodies = { ...query.bodies, [kind]: body };
                  builder.panel.getState().change(name, { bodies });
                  set({ body: bodyAs(event.currentTarget.value as BodyKind, bodies) });
                }}
              >
                <option value="none">None</option>
                <option value="json">JSON</option>
                <option value="form">Form</option>
              </select>
            </h4>
            {body && 'json' in body && (
              <div className="bd-rest-body">
                <CodeEditor
                  label={`Body of ${name}`}
                  value={body.json}
                  language={language}
                  diagnostics={diagnostics}
                  onChange={(json) => set({ body: { json } })}
                  onSave={() => void saveQuery(builder, name)}
                  onRun={() => void runQuery(builder, name)}
                />
              </div>
            )}
            {body && 'form' in body && (
              <PairList title="Fields" pairs={body.form} onChange={(form) => set({ body: { form } })} />
            )}
          </div>
        )}
      </div>
    </div>
  );
}
