import type { Tree } from './tree.ts';

const ALLOWED = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CallStmt']);

const SENTENCES: Readonly<Record<string, string>> = {
  CopyStmt: 'COPY moves data past the answer, and can reach files: write a SELECT or an INSERT.',
  DoStmt: 'A DO block runs code that cannot be looked into.',
  VariableSetStmt: 'SET changes the session, which other people use after you.',
  VariableShowStmt: "Use current_setting('…') in a SELECT instead of SHOW.",
  TransactionStmt: 'Sallyport opens and ends the transaction; a query is one statement inside it.',
  ExplainStmt: 'EXPLAIN can run what it explains; use your own database tool for it.',
  PrepareStmt: 'Sallyport prepares statements itself.',
  ExecuteStmt: 'A query cannot run a statement that is kept elsewhere.',
  DeallocateStmt: 'Sallyport prepares statements itself.',
  ListenStmt: 'A query ends with its answer; it cannot listen.',
  UnlistenStmt: 'A query ends with its answer; it cannot listen.',
  NotifyStmt: "Use pg_notify('…', …) in a SELECT instead of NOTIFY.",
  LockStmt: 'A lock ends with the query and would only hold up others.',
  DeclareCursorStmt: 'Answers are streamed already; a query needs no cursor.',
  FetchStmt: 'Answers are streamed already; a query needs no cursor.',
  LoadStmt: 'A query cannot load code.',
  VacuumStmt: "Maintenance is for the database's administrators.",
};

/** Why a statement of this kind cannot be a query, or null when it can. A kind that is not known is refused (Q5). */
export function refusedKind(statement: Tree): string | null {
  const kind = Object.keys(statement)[0] ?? '';
  if (ALLOWED.has(kind)) return null;
  return (
    SENTENCES[kind] ??
    'This changes the schema or the server. A query reads and writes rows; change the schema with your own migrations.'
  );
}
