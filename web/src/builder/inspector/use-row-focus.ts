import { useEffect, useRef } from 'react';

/**
 * Where the keyboard goes on in a list whose rows, marked `data-row`, are added, moved and removed by buttons: at what
 * matches in the row that stands there then, or in the last one; where none is left, at what adds one.
 */
export function useRowFocus() {
  const rows = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const next = useRef<{ readonly row: number; readonly selector: string }>(undefined);
  useEffect(() => {
    if (!next.current) return;
    const { row, selector } = next.current;
    next.current = undefined;
    const all = [...(rows.current?.querySelectorAll(':scope > [data-row]') ?? [])];
    const found = all[Math.min(row, all.length - 1)]?.querySelector<HTMLElement>(selector);
    (found ?? add.current)?.focus();
  });
  const goOn = (row: number, selector: string) => {
    next.current = { row, selector };
  };
  return { rows, add, goOn };
}
