import type { RestQuery } from '@sallyport/contract';
import { type ClipboardEvent, useMemo } from 'react';
import { useBuilder, useView } from '../builder-context.ts';
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
import { requestOfAddress } from './request-of-address.ts';
import { runQuery } from './run-query.ts';
import { useSources } from './use-sources.ts';

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
  const environments = useSources().find(({ slug }) => slug === document.source)?.environments ?? [];
  const baseUrls = environments.flatMap(({ environment, settings }) =>
    settings.engine === 'rest' ? [{ environment, baseUrl: settings.baseUrl }] : [],
  );
  const chosen = useView((s) => s.environment);
  const below = baseUrls.find(({ environment }) => environment === chosen);
  /** A whole address, as people copy it, is taken apart; fields that it says nothing of stay. */
  const pasteAddress = (event: ClipboardEvent) => {
    const pasted = requestOfAddress(
      event.clipboardData.getData('text/plain'),
      baseUrls.map(({ baseUrl }) => baseUrl),
    );
    if (!pasted) return;
    event.preventDefault();
    event.stopPropagation();
    const others = document.query.filter((old) => !pasted.query.some(({ name }) => name === old.name));
    set({ path: pasted.path, query: [...others, ...pasted.query] });
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
          <div onPasteCapture={pasteAddress}>
            <FieldEditor
              label="Path"
              value={document.path}
              placeholder="/tickets/{{ ticketsTable.selectedRow.id }}"
              onChange={(path) => set({ path })}
            />
          </div>
          {below && <p className="sp-hint">Base URL: {below.baseUrl}</p>}
        </div>
        {problems.map((place) => (
          <p key={place.message} className="sp-hint sp-bad" style={{ margin: 0 }} role="alert">
            {place.path ? `${placeInRequest(placeInDocument(place.path))}: ` : ''}
            {place.message}
          </p>
        ))}
        <PairList
          title="Query parameters"
          pairs={document.query}
          repeats
          onChange={(pairs) => set({ query: pairs })}
        />
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
              <PairList
                title="Fields"
                pairs={body.form}
                repeats
                onChange={(form) => set({ body: { form } })}
              />
            )}
          </div>
        )}
      </div>
    </div>
  );
}
