import type { Tree } from './tree.ts';

const ALLOWED = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CallStmt']);

const SENTENCES: Readonly<Record<string, string>> = {
  CopyStmt: 'COPY bypasses the result and can access files. Write a SELECT or an INSERT instead.',
  DoStmt: 'A DO block runs code that cannot be analysed.',
  VariableSetStmt: 'SET changes the session, which other people use after you.',
  VariableShowStmt: "Use current_setting('…') in a SELECT instead of SHOW.",
  TransactionStmt: 'Sallyport manages the transaction. A query is one statement inside it.',
  ExplainStmt: 'EXPLAIN can run the statement. Use your own database tool instead.',
  PrepareStmt: 'Sallyport prepares statements itself.',
  ExecuteStmt: 'A query cannot run a prepared statement.',
  DeallocateStmt: 'Sallyport prepares statements itself.',
  ListenStmt: 'A query cannot listen for notifications.',
  UnlistenStmt: 'A query cannot listen for notifications.',
  NotifyStmt: "Use pg_notify('…', …) in a SELECT instead of NOTIFY.",
  LockStmt: 'A lock would end with the query and only block others.',
  DeclareCursorStmt: 'Results are already streamed, so a query does not need a cursor.',
  FetchStmt: 'Results are already streamed, so a query does not need a cursor.',
  LoadStmt: 'A query cannot load code.',
  VacuumStmt: 'Maintenance statements are not allowed.',
};

/** Why a statement of this kind cannot be a query, or null when it can. A kind that is not known is refused (Q5). */
export function refusedKind(statement: Tree): string | null {
  const kind = Object.keys(statement)[0] ?? '';
  if (ALLOWED.has(kind)) return null;
  return (
    SENTENCES[kind] ??
    'This changes the schema or the server. Queries can only read and write rows. Use migrations to change the schema.'
  );
}
