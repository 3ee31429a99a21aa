import type { RelationName } from '../port.ts';

/** One text for a name as a statement writes it: `a.b` and a table that is called “a.b” are two. */
export const relationKey = ({ schema, name }: RelationName): string => `${schema ?? ''}\0${name}`;
