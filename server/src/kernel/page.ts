/** What is asked of a list: so many items, after the one that the page before ended with. */
export interface PageAsked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: T[];
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
}

/** Of the rows of a list, asked for one more than the page holds: the page. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
