import type { Joined } from '../../language/sql-token.ts';

/** A type that stands before a literal, and before nothing else: `date '2026-01-01'`. */
const TYPE = /\b(date|timestamp|timestamptz|time|interval|uuid|jsonb?)\s*$/i;
/** What holds less tightly than `||`: a word, save `collate` and `at time zone`, and the end of what the literal is alone in. */
const BEFORE = /(?:^|[\w(,=])\s*$/;
const BEHIND = /^\s*(?:$|[),;]|(?!(?:collate|at)\b)[a-z_])/i;

/** Joins texts as `||` does, as one value where the literal was one: `'{{ d }} 12:00'::timestamp` casts no second half alone. */
export const joinedPostgres: Joined = (parts, before, behind) => {
  const joined = parts.join(' || ');
  const type = TYPE.exec(before)?.[1];
  const alone = parts.length === 1 || (type === undefined && BEFORE.test(before) && BEHIND.test(behind));
  const value = alone ? joined : `(${joined})`;
  return type === undefined ? value : `${value}::${type}, without ${type} before it`;
};
