/**
 * Of a column `a` of `pg_attribute`: whether no row of its table lacks a value. From PostgreSQL 18 on, `attnotnull` is also
 * set where NOT NULL is NOT VALID, so that older rows may lack one, or NO INHERIT, so that those of a child may.
 */
export const NEVER_NULL = `(a.attnotnull and not exists (select from pg_constraint filled
  where filled.conrelid = a.attrelid and filled.contype = 'n' and a.attnum = any(filled.conkey)
    and (filled.connoinherit or not filled.convalidated)))`;
