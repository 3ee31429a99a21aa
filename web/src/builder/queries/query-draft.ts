import type { QueryDocument, SourceView } from '@sallyport/contract';

const shared = { arguments: {}, maxRows: 10_000, timeoutMs: 10_000 } as const;

/** A new query over a source, with the settings that a first query should have. */
export function newQuery(source: Pick<SourceView, 'slug' | 'engine'>): QueryDocument {
  return source.engine === 'rest'
    ? {
        kind: 'rest',
        source: source.slug,
        ...shared,
        arguments: {},
        run: 'auto',
        method: 'GET',
        path: '/',
        query: [],
        headers: [],
      }
    : {
        kind: 'sql',
        source: source.slug,
        ...shared,
        arguments: {},
        run: 'auto',
        text: '',
        choices: {},
        windowed: false,
      };
}

/** Whether a query that was just begun says nothing yet. */
export const saysNothing = (document: QueryDocument): boolean =>
  document.kind === 'sql'
    ? document.text.trim() === ''
    : document.path === '/' && document.query.length + document.headers.length === 0 && !document.body;
