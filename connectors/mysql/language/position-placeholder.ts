import type { ResultColumn } from '@sallyport/contract';

/** Kinds that MySQL and MariaDB order by a number of their own and compare as text: no value says where they stand. */
const NUMBERED = /^(enum|set)\b/;

/** Whether a value of the column, sent back, compares as the engine orders the column. */
export const comparableMysql = ({ type, engineType }: ResultColumn): boolean =>
  type !== 'json' && type !== 'binary' && !NUMBERED.test(engineType);

/**
 * How a value of a position is read, so that it equals the one that was answered: a decimal with the digits of its
 * column, a floating-point number as such, a time as a time.
 */
export function positionPlaceholder({ type, engineType }: ResultColumn): string {
  switch (type) {
    case 'integer':
      return 'cast(? as decimal(65,0))';
    case 'decimal': {
      const scale = /^decimal\(\d+,(\d+)\)/.exec(engineType)?.[1];
      return scale === undefined ? '(? + 0e0)' : `cast(? as decimal(65,${scale}))`;
    }
    case 'timestamp':
      return 'cast(? as datetime(6))';
    case 'text':
      // MySQL reads what is bound within a cast to a time as a date if it can: 01:02:03, as of 2001, as no time at all.
      return /^time\b/.test(engineType) ? 'cast(cast(? as char) as time(6))' : '?';
    default:
      return '?';
  }
}
