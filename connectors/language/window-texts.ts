import type { CheckedPosition, CheckedWindow, WindowOrdering } from '../language.ts';
import { reversed } from './beyond.ts';

/** The operators of a filter, as SQL writes them. */
export const COMPARE = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** Text as a LIKE pattern takes it for itself. `!` is the escape: a backslash means different things under different settings. */
export const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&');

/** What an engine puts into a window's texts. */
export interface WindowParts {
  /** The compiled statement. */
  readonly text: string;
  /** The columns of its result, as the engine names them. */
  readonly names: readonly string[];
  /** The same, as a page that is turned round takes them from its sub-select, where that could change their values. */
  readonly turned?: readonly string[];
  readonly conditions: readonly string[];
  readonly order: CheckedWindow['order'];
  readonly name: (ordering: WindowOrdering) => string;
  /** The page's size, and the whole clause. */
  readonly count: string;
  readonly limit: string;
  /** The condition of the rows beyond the window's position. */
  readonly past: { readonly side: CheckedPosition['side']; readonly condition: string } | null;
}

/**
 * The statement of a page and that of its total, alike in every SQL engine. The page before a position is read in the
 * reversed order and turned round. The total of a position has a second column: how many rows stand before the page.
 * The line break before `)` keeps a closing line comment of the statement from swallowing it.
 */
export function windowTexts(parts: WindowParts): { readonly page: string; readonly total: string } {
  const { past, limit } = parts;
  const from = `from (${parts.text}\n) t`;
  const where = (conditions: readonly string[]) =>
    conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const by = (order: readonly WindowOrdering[]) =>
    order.length === 0
      ? ''
      : ` order by ${order.map((one) => `${parts.name(one)} ${one.direction}`).join(', ')}`;
  const names = parts.names.join(', ');
  const matching = from + where(parts.conditions);
  if (past === null) {
    return {
      page: `select ${names} ${matching}${by(parts.order)}${limit}`,
      total: `select count(*) ${matching}`,
    };
  }
  const beyond = `count(case when ${past.condition} then 1 end)`;
  const rows = from + where([...parts.conditions, past.condition]);
  if (past.side === 'after') {
    return {
      page: `select ${names} ${rows}${by(parts.order)}${limit}`,
      total: `select count(*), count(*) - ${beyond} ${matching}`,
    };
  }
  const turned = parts.turned?.join(', ') ?? names;
  const last = `select ${turned} ${rows}${by(reversed(parts.order))}${limit}`;
  return {
    page: `select ${names} from (${last}) t${by(parts.order)}`,
    total: `select count(*), greatest(${beyond} - ${parts.count}, 0) ${matching}`,
  };
}
