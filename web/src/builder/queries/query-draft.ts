import type { QueryDocument, SourceView } from '@sallyport/contract';

/** A new query over a source, with the settings that a first query should have. */
export function newQuery({ slug, engine }: Pick<SourceView, 'slug' | 'engine'>): QueryDocument {
  const shared = {
    source: slug,
    arguments: {},
    maxRows: 10_000,
    timeoutMs: 10_000,
    run: 'auto' as const,
  };
  return engine === 'rest'
    ? { kind: 'rest', ...shared, method: 'GET', path: '/', query: [], headers: [] }
    : { kind: 'sql', ...shared, text: '', choices: {}, windowed: false };
}

/** Whether a query that was just begun says nothing yet. */
export const saysNothing = (document: QueryDocument): boolean =>
  document.kind === 'sql'
    ? document.text.trim() === ''
    : document.path === '/' && document.query.length + document.headers.length === 0 && !document.body;
