import type { SqlQuery, TouchedTable } from '@sallyport/contract';
import {
  type Beside,
  type CompiledStatement,
  type JoinedTables,
  type Outline,
  Uncompilable,
} from '../language.ts';
import type { RelationColumns, RelationName } from '../port.ts';
import { collectArguments, type PlacedHole } from './collect-arguments.ts';
import { combinations } from './combinations.ts';
import { refuseControl } from './refuse-control.ts';
import { addRelation } from './relation-key.ts';
import { type Casts, type Placeholders, type Rendered, renderSql } from './render-sql.ts';
import { type Piece, sqlTemplate } from './sql-template.ts';
import { type Joined, type ReadToken, tokenizeSql } from './sql-token.ts';
import { unionTouched } from './union-touched.ts';

/** What a dialect's analysis says of one statement. */
export type Analysis = Pick<
  Outline,
  | 'effect'
  | 'counted'
  | 'tables'
  | 'relations'
  | 'qualifiers'
  | 'functions'
  | 'notes'
  | 'order'
  | 'ordered'
  | 'idle'
> & {
  readonly joined: JoinedTables | null;
  /** `tables` with their columns, by what the engine said of `relations`. False from `spend`: stop, every column is meant. */
  touched(
    known: ReadonlyMap<string, RelationColumns>,
    spend: (columns: number) => boolean,
  ): readonly TouchedTable[] | null;
};

/** Words and signs of one statement: beyond, a grammar's stack could overflow. */
const MOST_WORDS = 5_000;
/** Characters of all statements of a query: beyond, analysing them would hold up others. */
const MOST_TEXT = 1_000_000;

/** Columns that telling what a query touches may go through: few words can name a wide table many times. */
const MOST_COLUMNS = 1_000_000;

/** What an SQL dialect adds to the outline that all of them share. */
export interface Dialect {
  readonly language: 'postgresql' | 'mysql';
  readonly read: ReadToken;
  readonly joined: Joined;
  readonly placeholders: Placeholders;
  /** What the text around a hole says of its type, where the engine does not. */
  hint(text: string, tokens: ReturnType<typeof tokenizeSql>, at: number): PlacedHole['hint'];
  /** What the hole is compared with or put into, where the engine infers no types. */
  beside(text: string, tokens: ReturnType<typeof tokenizeSql>, at: number): Beside | null;
  /** It is compared with a text that is written down, where the engine infers no types: a number is never equal to one. */
  besideText(text: string, tokens: ReturnType<typeof tokenizeSql>, at: number): boolean;
  /** Whether the hole takes a value of any type, of which only its text counts, or whether it is null. */
  takesAny(text: string, tokens: ReturnType<typeof tokenizeSql>, at: number): boolean;
  analyse(rendered: Rendered): Analysis;
  /** What `Outline.samples` puts in place of the values; none where the engine infers their types. */
  readonly literals: readonly string[];
  /** True when a list is written once for each item by the binder. */
  readonly expands: boolean;
}

/** `outlineInTurns` at once. */
export function outlineAtOnce(turns: Generator<undefined, Outline>): Outline {
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
  }
}

/**
 * Document → holes, one statement a combination of choices, and what those do (Q1, Q2, Q3, Q5). Each statement is read by
 * itself, since a choice can make it another one; between two of them, others may have their turn.
 */
export function* outlineInTurns(
  document: SqlQuery,
  dialect: Dialect,
  casts?: Casts,
): Generator<undefined, Outline> {
  refuseControl(document.text, 'text');
  const tokens = tokenizeSql(document.text, 'text', dialect.read, dialect.joined);
  const { choices } = document;
  const words = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment').length;
  if (words > MOST_WORDS) {
    throw new Uncompilable({
      path: 'text',
      message: `A statement can have at most ${MOST_WORDS} words and signs. This one has ${words}.`,
    });
  }
  checkChoices(choices, dialect);
  const isChoice = (hole: { identifier: string | null }): boolean =>
    hole.identifier !== null && Object.hasOwn(choices, hole.identifier);
  const pieces = sqlTemplate(document.text, 'text', tokens, isChoice);
  const places = pieces.filter((piece): piece is Extract<Piece, { hole: object }> => 'hole' in piece);
  if (places.length > 200)
    throw new Uncompilable({ path: 'text', message: 'A query can have at most 200 expressions.' });
  const collected = collectArguments(
    places.map((piece) => ({
      hole: piece.hole,
      list: piece.form !== 'value',
      hint: dialect.hint(document.text, tokens, piece.hole.at),
      beside: dialect.beside(document.text, tokens, piece.hole.at),
      besideText: dialect.besideText(document.text, tokens, piece.hole.at),
    })),
    choices,
  );
  const nameOf = new Map(collected.holes.map((hole) => [hole.at, hole.argument]));
  const limits = new Set(
    collected.arguments.filter(({ hint }) => hint === 'integer').map(({ name }) => name),
  );
  const statements: CompiledStatement[] = [];
  const analyses: Analysis[] = [];
  const all: Rendered[] = [];
  const combined = combinations(choices);
  if (combined.length * document.text.length > MOST_TEXT) {
    throw new Uncompilable({
      path: 'choices',
      message: 'These choices make too many statements of such a length.',
    });
  }
  for (const chosen of combined) {
    if (statements.length > 0) yield;
    const rendered = renderSql(
      pieces,
      (piece) => nameOf.get(piece.hole.at) as string,
      chosen,
      dialect.placeholders,
      casts,
    );
    all.push(rendered);
    analyses.push(analyse(dialect, rendered));
    const expand = dialect.expands ? expansions(rendered) : [];
    statements.push({
      choices: chosen,
      text: rendered.text,
      binds: rendered.binds,
      ...(expand.length === 0 ? {} : { expand }),
    });
  }
  return {
    language: dialect.language,
    statements,
    request: null,
    arguments: collected.arguments,
    holes: collected.holes,
    ...asDeclared(document, merge(analyses)),
    samples: (statement) => samples(all[statement], dialect.literals, limits),
    takesAny: () =>
      new Set(
        places.flatMap(({ hole, form }) =>
          form === 'value' && dialect.takesAny(document.text, tokens, hole.at) ? [hole.at] : [],
        ),
      ),
    locate: (statement, offset) => all[statement]?.locate(offset) ?? { path: 'text', hole: false },
  };
}

function analyse(dialect: Dialect, rendered: Rendered): Analysis {
  try {
    return dialect.analyse(rendered);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Uncompilable({ path: 'text', message: 'This statement is nested too deeply.' });
  }
}

const expansions = (rendered: Rendered) =>
  rendered.placed
    .filter((place) => place.list)
    .map((place) => ({ at: rendered.text.indexOf('?', place.at), bind: place.bind }));

/** `limits`: arguments whose place takes whole numbers only. */
function samples(
  rendered: Rendered | undefined,
  literals: readonly string[],
  limits: ReadonlySet<string>,
): string[] {
  if (rendered === undefined || rendered.placed.length === 0) return [];
  return literals.map((literal) =>
    rendered.placed.reduceRight((text, { at, bind }) => {
      const mark = text.indexOf('?', at);
      const value = limits.has(rendered.binds[bind] as string) ? '1' : literal;
      return `${text.slice(0, mark)}${value}${text.slice(mark + 1)}`;
    }, rendered.text),
  );
}

/** A choice is text of the engine: each must stand by itself, so that none can open what another closes. */
function checkChoices(choices: SqlQuery['choices'], dialect: Dialect): void {
  for (const [name, list] of Object.entries(choices)) {
    for (const text of list) {
      const path = `choices.${name}`;
      refuseControl(text, path);
      const tokens = tokenizeSql(text, path, dialect.read);
      const bad = tokens.find(
        (token) =>
          token.kind === 'hole' || token.kind === 'comment' || text.slice(token.at, token.end) === ';',
      );
      let depth = 0;
      for (const token of tokens) {
        if (token.kind !== 'symbol') continue;
        if (text[token.at] === '(') depth++;
        if (text[token.at] === ')') depth--;
        if (depth < 0) break;
      }
      if (bad !== undefined || depth !== 0) {
        throw new Uncompilable({
          path,
          message: `“${text}” cannot be a choice. It cannot contain expressions, comments or semicolons, and its parentheses must match.`,
        });
      }
    }
  }
}

type Merged = Omit<Analysis, 'touched' | 'joined'> & Pick<Outline, 'touched' | 'joined'>;

/** What a function does inside is not known here. Its author may know that it changes something: then it is a write (Q5). */
function asDeclared(document: SqlQuery, merged: Merged): Merged {
  if (document.writes !== true || merged.effect !== 'read') return merged;
  return {
    ...merged,
    effect: 'write',
    counted: false,
    tables: null,
    touched: () => ({ tables: null, notes: [] }),
    notes: ['By its settings, a function that it calls changes something, so that it may touch every table.'],
  };
}

/** All statements of a query are one query: it is as strong as its strongest, and touches what any of them touches. */
function merge(analyses: readonly Analysis[]): Merged {
  const first = analyses[0] as Analysis;
  const touched: Outline['touched'] = (known) => {
    let left = MOST_COLUMNS;
    const spend = (columns: number): boolean => {
      left -= columns;
      return left >= 0;
    };
    return unionTouched(analyses.map((one) => one.touched(known, spend)));
  };
  const joined = analyses.map((one) => one.joined);
  if (analyses.length === 1) return { ...first, touched, joined };
  const same = <T>(pick: (analysis: Analysis) => T): boolean =>
    analyses.every((one) => JSON.stringify(pick(one)) === JSON.stringify(pick(first)));
  const tables = new Map<string, TouchedTable>();
  for (const table of analyses.flatMap((one) => one.tables ?? [])) {
    tables.set(`${table.name}\0${table.access}`, table);
  }
  const relations = new Map<string, RelationName>();
  for (const named of analyses.flatMap((one) => one.relations)) addRelation(relations, named);
  return {
    effect: analyses.some((one) => one.effect === 'write') ? 'write' : 'read',
    counted: analyses.every((one) => one.counted),
    tables: analyses.some((one) => one.tables === null)
      ? null
      : [...tables.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, table]) => table),
    relations: [...relations.values()],
    qualifiers: together(analyses.map((one) => one.qualifiers)),
    touched,
    functions: [...new Set(analyses.flatMap((one) => one.functions))].sort(),
    notes: [...new Set(analyses.flatMap((one) => one.notes))],
    // Each statement keeps its own order inside when they differ.
    order: same((one) => one.order) ? first.order : [],
    ordered: analyses.some((one) => one.ordered),
    idle: analyses.find((one) => one.idle.length > 0)?.idle ?? [],
    joined,
  };
}

/** What a name can mean in one statement or another. */
function together(all: readonly Outline['qualifiers'][]): Outline['qualifiers'] {
  const names = new Set(all.flatMap((one) => [...one.keys()]));
  return new Map([...names].map((name) => [name, new Set(all.flatMap((one) => [...(one.get(name) ?? [])]))]));
}
