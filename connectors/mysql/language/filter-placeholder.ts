import type { ResultColumn } from '@sallyport/contract';
import type { BindValue } from '../../port.ts';

/** The most digits after the point that MySQL keeps of a decimal; where a column of MariaDB has more, it takes as many. */
const MOST_SCALE = 30;
const DECIMAL = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/**
 * How a filter's value is read, so that it is compared with all of its digits: a decimal as one that has as many digits
 * after the point as are given, since those before it get what is left of 65, and a floating-point number as such.
 */
export function filterPlaceholder({ type, engineType }: ResultColumn, value: BindValue): string {
  switch (type) {
    case 'integer':
      return 'cast(? as decimal(65,0))';
    case 'decimal':
      return /^(float|double)\b/.test(engineType)
        ? '(? + 0e0)'
        : `cast(? as decimal(65,${scaleOf(value, engineType)}))`;
    case 'date':
      return 'cast(? as date)';
    case 'timestamp':
      return 'cast(? as datetime(6))';
    default:
      return '?';
  }
}

function scaleOf(value: BindValue, engineType: string): number {
  const most = Math.max(MOST_SCALE, Number(/^decimal\(\d+,(\d+)\)/.exec(engineType)?.[1] ?? 0));
  const [, , fraction = '', exponent = '0'] = DECIMAL.exec(String(value)) ?? [];
  return Math.min(Math.max(fraction.length - Number(exponent), 0), most);
}
