import { frameOf, measureGrid } from './canvas-dom.ts';
import type { GridMeasure } from './cells.ts';

/**
 * Where containers and their grids stood when a gesture began. What makes room during a gesture moves on the screen, so
 * asking the screen then would chase a container away from the pointer.
 */
export interface Ground {
  /** The innermost container at a point of the window; undefined is the page. */
  containerAt(x: number, y: number): string | undefined;
  gridOf(parent: string | undefined): GridMeasure | undefined;
}

/** Surveys the page and the containers that could take something, the innermost last. */
export function surveyGround(root: HTMLElement, containers: readonly string[]): Ground {
  const scroller = root.parentElement;
  const scrolled = scroller?.scrollTop ?? 0;
  /** How far the page was scrolled since, by a wheel during the gesture. */
  const drift = () => (scroller?.scrollTop ?? 0) - scrolled;
  const places = containers.flatMap((id) => {
    const frame = frameOf(root, id);
    const grid = measureGrid(root, id);
    return frame && grid ? [{ id, box: frame.getBoundingClientRect(), grid }] : [];
  });
  const page = measureGrid(root, undefined);
  const shifted = (grid: GridMeasure | undefined) => grid && { ...grid, top: grid.top - drift() };
  return {
    containerAt(x, y) {
      const at = y + drift();
      return places.findLast(
        ({ box }) => x >= box.left && x <= box.right && at >= box.top && at <= box.bottom,
      )?.id;
    },
    gridOf: (parent) =>
      shifted(parent === undefined ? page : places.find((place) => place.id === parent)?.grid),
  };
}
