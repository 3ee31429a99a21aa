import { dropsOffset, utcText } from '@sallyport/connectors/language/utc-text.ts';
import type { CompiledStatement } from '@sallyport/connectors/language.ts';
import { exactNumber } from '@sallyport/connectors/mysql/language/exact-number.ts';
import { asSingle, isSingle } from '@sallyport/connectors/mysql/language/single.ts';
import type { BindValue } from '@sallyport/connectors/port.ts';
import type { Values } from './bind-arguments.ts';
import type { CompiledQuery } from './compiled-query.ts';

export interface Selected {
  readonly index: number;
  /** The compiled bytes; a MySQL list is written out by its length, and by nothing else of it (Q3, Q13). */
  readonly text: string;
  readonly binds: readonly BindValue[];
  /** The argument of each bind. */
  readonly names: readonly string[];
}

/** The statement that the choices select, with its binds in placeholder order. */
export function selectStatement(compiled: CompiledQuery, values: Values): Selected {
  const index = compiled.statements.findIndex((statement) =>
    Object.entries(statement.choices).every(([name, text]) => values.get(name) === text),
  );
  const statement = compiled.statements[index];
  if (statement === undefined)
    throw new Error('no statement for these choices: the compiled form is damaged');
  const mysql = compiled.language === 'mysql';
  const typed = new Map(compiled.arguments.map((one) => [one.name, one]));
  const binds = statement.binds.map((name) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`nothing is bound to ${name}: the compiled form is damaged`);
    const { type, engineType } = typed.get(name) ?? {};
    if (type === 'timestamp') return mysql || dropsOffset(engineType ?? '') ? utcText(value) : value;
    if (!mysql || (type !== 'integer' && type !== 'decimal')) return value;
    return isSingle(engineType ?? '') ? asSingle(exactNumber(value)) : exactNumber(value);
  });
  return { index, ...expand(statement, binds) };
}

function expand(statement: CompiledStatement, binds: readonly BindValue[]): Omit<Selected, 'index'> {
  if (statement.expand === undefined) return { text: statement.text, binds, names: statement.binds };
  let { text } = statement;
  const flat: BindValue[] = [];
  const names: string[] = [];
  const lists = new Map(statement.expand.map(({ bind, at }) => [bind, at]));
  binds.forEach((value, i) => {
    const own: readonly BindValue[] = !lists.has(i) ? [value] : Array.isArray(value) ? value : [];
    flat.push(...own);
    names.push(...own.map(() => statement.binds[i]!));
  });
  for (const { at, bind } of [...statement.expand].sort((a, b) => b.at - a.at)) {
    text = text.slice(0, at) + placesOf(binds[bind]) + text.slice(at + 1);
  }
  return { text, binds: flat, names };
}

/** Nothing is in an empty list, and everything is outside of it. Where there is no list, neither is known. */
function placesOf(list: BindValue | undefined): string {
  if (!Array.isArray(list)) return 'null';
  return list.length === 0 ? 'select null from dual where false' : list.map(() => '?').join(', ');
}
