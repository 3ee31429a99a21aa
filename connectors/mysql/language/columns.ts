import type { TouchedTable } from '@sallyport/contract';
import { relationKey } from '../../language/relation-key.ts';
import { tokenizeSql } from '../../language/sql-token.ts';
import { gatherTouches } from '../../language/touches.ts';
import type { RelationColumns, RelationName } from '../../port.ts';
import { type Assigned, assignedNames } from './assigned.ts';
import type { Understood } from './grammar.ts';
import { readMysqlToken } from './read-token.ts';
import { wordsOf } from './words.ts';

/**
 * Which columns of which tables a statement touches (Q5), from its words: a column is read only where its name is written
 * or a star holds it, so every name that a table has a column of counts for that table, unless what stands before its dot
 * names another. That can be too many, and is never too few; it trusts the grammar for the names of tables alone.
 */
export function touchedMysql(
  text: string,
  understood: Understood,
  known: ReadonlyMap<string, RelationColumns>,
): readonly TouchedTable[] {
  const touches = gatherTouches(known);
  const words = wordsOf(text, tokenizeSql(text, 'text', readMysqlToken));
  const { qualifiers } = understood;
  const seen = new Set([...qualifiers.tables.values()].flatMap((keys) => [...keys]));
  const complete = understood.relations.every((table) => seen.has(relationKey(table)));
  const everything = new Set(understood.relations);
  const kept = new Map<string | null, ReadonlySet<RelationName>>();
  const named = (qualifier: string | null): ReadonlySet<RelationName> => {
    const before = kept.get(qualifier);
    if (before !== undefined) return before;
    const keys = qualifier === null || !complete ? undefined : qualifiers.tables.get(qualifier);
    const derived = complete && qualifier !== null && qualifiers.derived.has(qualifier);
    const found =
      keys === undefined && !derived
        ? everything
        : new Set(understood.relations.filter((table) => keys?.has(relationKey(table)) === true));
    kept.set(qualifier, found);
    return found;
  };
  for (const table of understood.relations) {
    for (const one of understood.tables) {
      if (one.name === shown(table)) touches.enter(table, one.access);
    }
  }
  const changed = understood.relations.filter((table) =>
    understood.tables.some((one) => one.access === 'write' && one.name === shown(table)),
  );
  const assigned = assignedNames(words, understood.kind);
  for (const table of understood.relations) {
    const columns = known.get(relationKey(table));
    if (columns === undefined) touches.untold(table, 'read');
    const byName = columnsByName(columns);
    for (const [i, word] of words.entries()) {
      if (word.kind === 'star' && named(word.qualifier).has(table)) touches.whole(table, 'read');
      if (word.kind !== 'name' || assigned.places.has(i)) continue;
      if (named(word.qualifier).has(table)) {
        for (const column of byName.get(fold(word.name)) ?? []) touches.column(table, 'read', column);
      }
      // `_rowid` is the key, and NATURAL joins by names that are not written.
      if (word.name === '_rowid') touches.untold(table, 'read');
      if (word.name === 'natural')
        for (const each of columns?.columns ?? []) touches.column(table, 'read', each);
    }
  }
  writes(touches, understood, { changed, assigned, named, known });
  return touches.tables();
}

function writes(
  touches: ReturnType<typeof gatherTouches>,
  understood: Understood,
  given: {
    readonly changed: readonly RelationName[];
    readonly assigned: Assigned;
    readonly named: (qualifier: string | null) => ReadonlySet<RelationName>;
    readonly known: ReadonlyMap<string, RelationColumns>;
  },
): void {
  const { changed, assigned, named, known } = given;
  for (const { name, qualifier } of assigned.names) {
    const candidates =
      understood.kind === 'update'
        ? [...named(qualifier)].filter((table) => understood.updates.has(relationKey(table)))
        : changed;
    for (const table of candidates) {
      const columns = known.get(relationKey(table));
      if (columns === undefined) touches.untold(table, 'write');
      for (const column of columnsByName(columns).get(fold(name)) ?? [])
        touches.column(table, 'write', column);
    }
  }
  for (const table of changed) {
    // A row that is replaced is deleted first.
    if (understood.kind === 'delete' || understood.kind === 'replace') touches.whole(table, 'write');
    if (understood.kind === 'insert' && !assigned.listed) {
      for (const column of known.get(relationKey(table))?.columns ?? [])
        touches.column(table, 'write', column);
    }
  }
  for (const alias of understood.deletes) {
    for (const table of named(alias)) touches.whole(table, 'write');
  }
}

/** Servers take names of columns as one whatever their case, and some letters with their marks: here, all of them. */
const fold = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const columnsByName = (known: RelationColumns | undefined): ReadonlyMap<string, readonly string[]> =>
  Map.groupBy([...(known?.columns ?? []), ...(known?.hidden ?? [])], fold);

const shown = ({ schema, name }: RelationName): string => (schema === null ? name : `${schema}.${name}`);
