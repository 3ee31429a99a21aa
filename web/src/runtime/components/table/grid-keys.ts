/** Where the keyboard is in a table: row -1 is the head. */
export interface Spot {
  readonly row: number;
  readonly col: number;
}

/** Where a key leads, or null when it is not a key that moves. */
export function moveSpot(
  { row, col }: Spot,
  key: string,
  whole: boolean,
  size: { readonly rows: number; readonly cols: number; readonly page: number },
): Spot | null {
  const rowTo = (to: number): Spot => ({ row: Math.min(Math.max(to, -1), size.rows - 1), col });
  switch (key) {
    case 'ArrowDown':
      return rowTo(whole ? size.rows - 1 : row + 1);
    case 'ArrowUp':
      return rowTo(whole ? 0 : row - 1);
    case 'ArrowLeft':
      return { row, col: whole ? 0 : Math.max(col - 1, 0) };
    case 'ArrowRight':
      return { row, col: whole ? size.cols - 1 : Math.min(col + 1, size.cols - 1) };
    case 'Home':
      return whole ? { row: 0, col: 0 } : { row, col: 0 };
    case 'End':
      return whole ? { row: size.rows - 1, col: size.cols - 1 } : { row, col: size.cols - 1 };
    case 'PageDown':
      return rowTo(row + size.page);
    case 'PageUp':
      return rowTo(Math.max(row - size.page, 0));
    default:
      return null;
  }
}
