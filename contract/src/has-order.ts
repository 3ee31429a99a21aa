import type { ResultColumn } from './queries.ts';

/** Types of PostgreSQL that travel as text and that it puts in no order; what was compiled later says so itself. */
const UNORDERED = /^(?:xml|point|line|lseg|box|path|polygon|circle|jsonpath)$/;

/** Whether a window can sort by a column. */
export const hasOrder = ({ type, engineType, ordered }: Omit<ResultColumn, 'name' | 'nullable'>): boolean =>
  ordered !== false && type !== 'json' && type !== 'binary' && !UNORDERED.test(engineType);
