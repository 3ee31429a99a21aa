import type { AppPages, Component } from '@sallyport/contract';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { ComponentView } from './component-view.tsx';
import { modalAround } from './engine/definition-of.ts';
import type { ComponentState } from './engine/session-types.ts';
import { childrenOf } from './layout/component-tree.ts';
import { closeHiddenRows, GRID, styleOfPlace } from './layout/grid.ts';
import { useRuntime, useSlice } from './runtime-context.tsx';

interface Child {
  readonly id: string;
  readonly component: Component;
  readonly layout: Component['layout'];
}

function childrenOn(pages: AppPages, page: string, parent: string | undefined): Child[] {
  const components = pages.pages[page]?.components ?? {};
  return childrenOf({ components }, parent).map(([id, component]) => ({
    id,
    component,
    layout: component.layout,
  }));
}

/** Ids of those of `ids` that are hidden now. All are looked at only when one was hidden or shown. */
function useHidden(ids: readonly string[]): ReadonlySet<string> {
  const { store } = useRuntime().session;
  const isHidden = useCallback(
    (id: string) => store.read<ComponentState | undefined>(`c:${id}`)?.props.hidden === true,
    [store],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = ids.map((id) => {
        let was = isHidden(id);
        return store.subscribe(`c:${id}`, () => {
          if (isHidden(id) === was) return;
          was = !was;
          listener();
        });
      });
      return () => {
        for (const stop of stops) stop();
      };
    },
    [store, ids, isHidden],
  );
  const hidden = useSyncExternalStore(subscribe, () => ids.filter(isHidden).join(' '));
  return useMemo(() => new Set(hidden.split(' ')), [hidden]);
}

/** Pixels below which a table that fills its page does not shrink: its tools, its head, a few rows and its foot. */
const LEAST_FILLING = 300;

/** A table as wide as its page that nothing stands below: it takes the height that is left. */
function fillsPage(child: Child, all: readonly Child[]): boolean {
  const bottom = Math.max(...all.map(({ layout }) => layout.y + layout.h));
  const { x, w, y, h } = child.layout;
  return child.component.type === 'table' && x === 0 && w === GRID.columns && y + h === bottom;
}

/**
 * The row from which on only buttons stand, at the foot of a modal or of a form in one: they are docked there, in reach
 * however long it is.
 */
function dockFrom(pages: AppPages, page: string, parent: string | undefined, all: readonly Child[]): number {
  const components = pages.pages[page]?.components ?? {};
  const type = parent === undefined ? undefined : components[parent]?.type;
  const isFoot =
    type === 'form' || (type === 'modal' && all.every(({ component }) => component.type !== 'form'));
  if (!isFoot || modalAround(components, parent!) === null) return Number.POSITIVE_INFINITY;
  const others = all.filter(({ component }) => component.type !== 'button');
  // What is hidden counts as well: a foot does not come and go with it.
  return others.length === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(...others.map(({ layout }) => layout.y + layout.h));
}

/** The components of one page or container on its grid; under 720 px they stand one below the other. */
export function ComponentGrid({ page, parent }: { readonly page: string; readonly parent?: string }) {
  const { mode, session, renderComponent } = useRuntime();
  const pages = useSlice<AppPages>('pages') ?? session.pages();
  const all = useMemo(() => childrenOn(pages, page, parent), [pages, page, parent]);
  const ids = useMemo(() => all.map(({ id }) => id), [all]);
  const hidden = useHidden(ids);
  const live = mode === 'live';
  const inGrid = all.filter(({ component }) => !live || component.type !== 'modal');
  const foot = live ? dockFrom(pages, page, parent, inGrid) : Number.POSITIVE_INFINITY;
  const isHidden = ({ id }: Child) => live && hidden.has(id);
  const placed = closeHiddenRows(
    inGrid.filter(({ layout }) => layout.y < foot),
    isHidden,
  );
  const docked = closeHiddenRows(
    inGrid
      .filter(({ layout }) => layout.y >= foot)
      .map((one) => ({ ...one, layout: { ...one.layout, y: one.layout.y - foot } })),
    isHidden,
  );
  const last =
    live && parent === undefined
      ? placed.find(({ one }) =>
          fillsPage(
            one,
            placed.map((p) => p.one),
          ),
        )
      : undefined;
  // It stands on one row of its own, which also gives way in a low window before the page has to scroll.
  const least = last && Math.min(last.place.h * GRID.row, LEAST_FILLING);
  const above = last && last.place.y > 0 ? `repeat(${last.place.y}, minmax(${GRID.row}px, auto)) ` : '';
  const rows = last && `${above}minmax(${least}px, 1fr)`;
  const cell = ({ one, place }: (typeof placed)[number]) => {
    const fills = one === last?.one;
    const style = styleOfPlace(fills ? { ...place, h: 1 } : place);
    const bleeds =
      live && parent === undefined && one.component.type === 'table' && one.layout.w === GRID.columns;
    const className = `rt-cell rt-cell-${one.component.type}${bleeds ? ' rt-bleed' : ''}`;
    const view = <ComponentView id={one.id} type={one.component.type} page={page} />;
    if (renderComponent !== undefined) {
      return renderComponent({ id: one.id, component: one.component, style, children: view });
    }
    const height =
      one.component.type === 'table' || one.component.type === 'chart'
        ? fills
          ? least
          : place.h * GRID.row
        : undefined;
    return (
      <div key={one.id} className={className} style={{ ...style, minHeight: height }} data-component={one.id}>
        {view}
      </div>
    );
  };
  return (
    <>
      <div
        className={`rt-grid${last === undefined ? '' : ' rt-grid-fill'}${live ? '' : ' rt-edit'}`}
        style={rows === undefined ? undefined : { gridTemplateRows: rows }}
      >
        {placed.map(cell)}
      </div>
      {docked.length > 0 && <div className="rt-grid rt-dock">{docked.map(cell)}</div>}
      {live &&
        all
          .filter(({ component }) => component.type === 'modal')
          .map(({ id, component }) => <ComponentView key={id} id={id} type={component.type} page={page} />)}
    </>
  );
}
