/** So many items are the most that a page has. */
export const LARGEST_PAGE = 200;

interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
}

/** Every item of a list that comes in pages, in its order. What is made meanwhile may stand on a page that was read already. */
export async function allPages<T>(
  read: (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = await read({ limit: LARGEST_PAGE }); ; ) {
    all.push(...page.items);
    if (page.next === null) return all;
    page = await read({ limit: LARGEST_PAGE, cursor: page.next });
  }
}
