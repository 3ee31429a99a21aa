import type { TouchedTable } from '@sallyport/contract';
import { choiceAt, noPlace } from '../../language/no-place.ts';
import type { Analysis } from '../../language/outline-sql.ts';
import type { Rendered } from '../../language/render-sql.ts';
import { type Place, Uncompilable } from '../../language.ts';
import { checkAssignedAtOnce } from './assigned-at-once.ts';
import { byteOffsets } from './byte-offsets.ts';
import { touchedColumns } from './columns/touched-columns.ts';
import { dropGrammar, grammar } from './grammar.ts';
import { joinedTables } from './joined-tables.ts';
import { ordering } from './ordering.ts';
import { refusedKind } from './statement-kinds.ts';
import { survey, WRITES } from './survey.ts';
import { as, isTree, type Tree } from './tree.ts';

const CHOICE = choiceAt('PostgreSQL');

const LIST = 'A list needs parentheses: write in ({{ … }}).';

/** Reads one rendered statement with PostgreSQL's own grammar (Q5). Throws `Uncompilable`, at the document's place. */
export function analysePostgres(rendered: Rendered): Analysis {
  const parsed = parse(rendered);
  const units = byteOffsets(rendered.text);
  const at = (byte: number | null, message: string): Place => {
    const { hole: _hole, ...place } = rendered.locate(byte === null ? 0 : units(byte));
    return { ...place, message };
  };
  if (parsed.length !== 1) {
    const second = parsed[1]?.stmt_location;
    throw new Uncompilable(
      at(
        typeof second === 'number' ? second : null,
        parsed.length === 0 ? 'Write a statement.' : 'A query must be exactly one statement.',
      ),
    );
  }
  const statement = parsed[0]?.stmt;
  if (!isTree(statement)) throw new Uncompilable(at(null, 'Write a statement.'));
  const refused = refusedKind(statement);
  if (refused !== null) throw new Uncompilable(at(null, refused));
  checkParameters(rendered, units);

  const found = survey(statement);
  if (found.refusals.length > 0) {
    throw new Uncompilable(...found.refusals.map((one) => at(one.location, one.message)));
  }
  if (found.idle.length > 0) throw new Uncompilable(...found.idle.map((byte) => at(byte, CHOICE)));
  const called = as(statement, 'CallStmt') !== null;
  const tables = [...found.tables.values()].sort(byName);
  return {
    effect: found.writes || called ? 'write' : 'read',
    // It counts for the outermost statement: what a CTE deletes beside an INSERT of one row is one row to it.
    counted: found.changes === 1 && WRITES.some((kind) => as(statement, kind) !== null),
    tables: called ? null : tables,
    relations: called ? [] : [...found.relations.values()],
    qualifiers: new Map(),
    touched: (known, spend) => (called ? null : withColumns(tables, touchedColumns(statement, known, spend))),
    functions: [...found.functions].sort(),
    notes: notes(called, [...found.unknown].sort(), found.writes),
    ...ordering(statement),
    idle: [],
    joined: joinedTables(statement),
  };
}

/** A table that the survey of the whole tree found is touched, whatever is known of its columns. */
function withColumns(
  tables: readonly TouchedTable[],
  told: readonly TouchedTable[] | null,
): readonly TouchedTable[] {
  const missing = tables.filter(
    ({ name, access }) => !told?.some((one) => one.name === name && one.access === access),
  );
  return [...(told ?? []), ...missing.map((table) => ({ ...table, columns: null }))];
}

const byName = (a: { name: string; access: string }, b: { name: string; access: string }): number =>
  a.name < b.name || (a.name === b.name && a.access < b.access) ? -1 : 1;

function notes(called: boolean, unknown: readonly string[], writes: boolean): string[] {
  if (called) return ['Procedures cannot be analysed, so this counts as a write that may touch every table.'];
  if (unknown.length === 0) return [];
  return [
    `What ${unknown.join(', ')} does inside is not known here. ${
      writes
        ? 'It may touch other tables.'
        : 'It runs in a read-only transaction, so that it can write no table.'
    }`,
  ];
}

function parse(rendered: Rendered): readonly Tree[] {
  try {
    checkAssignedAtOnce(rendered);
    const { stmts } = grammar().parseSync(rendered.text);
    return (stmts ?? []) as unknown as readonly Tree[];
  } catch (error) {
    if (error instanceof Uncompilable) throw error;
    const { message = '', sqlDetails: details } = (error ?? {}) as {
      message?: string;
      sqlDetails?: { cursorPosition: number };
    };
    if (details === undefined) {
      dropGrammar();
      throw new Uncompilable({ path: 'text', message: 'This statement is nested too deeply.' });
    }
    // The position counts code points.
    const offset = Array.from(rendered.text).slice(0, details.cursorPosition).join('').length;
    const { hole, ...place } = rendered.locate(offset);
    const before = rendered.text.slice(0, offset);
    const needed = /\bin\s*$/i.test(before)
      ? LIST
      : noPlace('PostgreSQL', before, 'jsonb_to_recordset({{ rows }}) as r(name text, …)');
    throw new Uncompilable({ ...place, message: hole ? needed : sentence(message) });
  }
}

const sentence = (message: string): string =>
  `PostgreSQL rejected this: ${message.replace(/"\$\d+"/g, 'the hole')}.`;

/** The engine's own scanner must see each placeholder, no other, and exactly where it was put (Q1). */
function checkParameters(rendered: Rendered, units: (byte: number) => number): void {
  const seen = grammar()
    .scanSync(rendered.text)
    .tokens.filter((token) => token.tokenName === 'PARAM')
    .map((token) => ({ at: units(token.start), text: token.text }));
  const wanted = rendered.placed.map(({ at, bind, list }) => ({
    at: list ? rendered.text.indexOf('$', at) : at,
    text: `$${bind + 1}`,
  }));
  const same =
    seen.length === wanted.length &&
    seen.every((one, i) => one.at === wanted[i]?.at && one.text === wanted[i]?.text);
  if (same) return;
  const stray = seen.find((one) => !wanted.some((other) => other.at === one.at));
  const { hole: _hole, ...place } = rendered.locate(stray?.at ?? rendered.placed[0]?.at ?? 0);
  throw new Uncompilable({
    ...place,
    message:
      'Values can only come from {{ expressions }}. Do not write $1 yourself, and close strings before an expression.',
  });
}
