import type { SqlQuery } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readingCatalog } from '../../lib/reading-catalog.ts';
import { useBuilder, useView } from '../builder-context.ts';
import { CodeEditor } from '../code/code-editor.tsx';
import { sqlLanguage } from '../code/query-language.ts';
import { useScope } from '../code/use-scope.ts';
import { compiledBy } from './check.ts';
import { diagnosticsOf } from './diagnostics-of.ts';
import type { OpenQuery } from './panel-store.ts';
import { changeQuery, saveQuery } from './query-commands.ts';
import { runQuery } from './run-query.ts';
import { useSources } from './use-sources.ts';

interface SqlEditorProps {
  readonly name: string;
  readonly query: OpenQuery & { readonly document: SqlQuery };
}

/** SQL with the schema's completion, each hole with its origin, each refusal at its place. */
export function SqlEditor({ name, query }: SqlEditorProps) {
  const builder = useBuilder();
  const environment = useView((s) => s.environment);
  const source = useSources().find((one) => one.slug === query.document.source);
  const scope = useScope();
  const at = source?.environments.some((one) => one.environment === environment)
    ? environment
    : source?.environments[0]?.environment;
  const catalog = useQuery({
    ...readingCatalog({ id: source?.id ?? '', environment: at ?? 'development' }),
    enabled: source !== undefined && at !== undefined,
    retry: false,
  });
  const engine = source?.engine ?? 'postgres';
  const tables = catalog.data?.tables;
  const language = useMemo(() => sqlLanguage(engine, tables ?? [], scope), [engine, tables, scope]);
  const { document, check } = query;
  const set = useCallback(
    (text: string) => {
      const now = builder.panel.getState().open[name]?.document;
      if (now?.kind === 'sql' && now.text !== text) changeQuery(builder, name, { ...now, text });
    },
    [builder, name],
  );
  const diagnostics = useMemo(
    () =>
      diagnosticsOf(check, document.text, 'text', engine, (choice) => {
        const now = builder.panel.getState().open[name]?.document;
        if (now?.kind !== 'sql') return;
        changeQuery(builder, name, { ...now, choices: { ...now.choices, [choice]: ['asc', 'desc'] } });
        builder.panel.getState().showTab('settings');
      }),
    [check, document.text, engine, builder, name],
  );
  const origins = useMemo(() => {
    const holes = compiledBy(check)?.holes.filter((hole) => hole.path === 'text');
    return holes && new Map(holes.map((hole) => [hole.at, hole.origin]));
  }, [check]);
  return (
    <CodeEditor
      key={name}
      label={`SQL of ${name}`}
      value={document.text}
      language={language}
      origins={origins}
      diagnostics={diagnostics}
      placeholder="select … from …"
      onChange={set}
      onSave={() => void saveQuery(builder, name)}
      onRun={() => void runQuery(builder, name)}
    />
  );
}
