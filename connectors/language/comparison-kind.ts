/**
 * Names kinds of PostgreSQL's types: values of one kind are compared by one operator family, in which equality passes on
 * (a = b and b = c make a = c), whichever of the kind's types they are of.
 */
export function comparisonKind(engineType: string): string {
  if (/^(smallint|integer|bigint)$/.test(engineType)) return 'integer';
  return /^(text|character varying)$/.test(engineType) ? 'text' : engineType;
}
