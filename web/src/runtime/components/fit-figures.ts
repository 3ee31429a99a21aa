const [SMALLEST, LARGEST] = [13, 24];

/**
 * The statistics that stand beside each other in a grid have figures of one size: the largest at which each number fits
 * on a line, since broken, it would be read as two.
 */
export function fitFigures(grid: Element): void {
  const rows = new Map<number, HTMLElement[]>();
  for (const figure of grid.querySelectorAll<HTMLElement>('.rt-figure')) {
    const top = Math.round(figure.parentElement?.getBoundingClientRect().top ?? 0);
    if (figure.closest('.rt-grid') === grid) rows.set(top, [...(rows.get(top) ?? []), figure]);
  }
  for (const figures of rows.values()) {
    for (const figure of figures) figure.style.fontSize = `${LARGEST}px`;
    const fitting = figures.filter((figure) => figure.matches('.rt-figure-number')).map(sizeOf);
    const size = Math.max(SMALLEST, Math.min(LARGEST, ...fitting));
    for (const figure of figures) figure.style.fontSize = `${size}px`;
  }
}

/** Drawn as large as can be, its letters say how large it may be. */
function sizeOf(figure: HTMLElement): number {
  figure.style.whiteSpace = 'nowrap';
  const range = document.createRange();
  range.selectNodeContents(figure);
  const { width } = range.getBoundingClientRect();
  figure.style.whiteSpace = '';
  return width === 0 ? LARGEST : Math.floor((figure.clientWidth / width) * LARGEST);
}
