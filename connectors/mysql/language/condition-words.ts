/** What a condition stands behind. */
export const BEFORE_CONDITION: ReadonlySet<string> = new Set([
  'where',
  'on',
  'having',
  'and',
  'or',
  'xor',
  'not',
]);

/** What may stand behind one. */
export const BEHIND_CONDITION: ReadonlySet<string> = new Set([
  '',
  ')',
  ',',
  'and',
  'or',
  'xor',
  'group',
  'having',
  'order',
  'limit',
  'union',
  'for',
  'where',
  'left',
  'right',
  'inner',
  'join',
]);
