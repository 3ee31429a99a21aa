import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Builder } from './builder-context.ts';
import { goTo, type Place, placeOf } from './document/place.ts';

const route = getRouteApi('/signed-in/apps/$id/edit');

/** A drag over the canvas selects anew at each step, and browsers refuse an address that changes all the time. */
const QUIET_MS = 250;
/** The page that is open and what is selected are in the address: a reload, or a link, leads there (W3). */
export function usePlace({ editor }: Builder): void {
  const navigate = route.useNavigate();
  const { page, select } = route.useSearch();
  /** What this page wrote into the address: the person may be elsewhere again by the time it stands there. */
  const written = useRef<Place>({});
  useEffect(() => {
    if (written.current.page === page && written.current.select === select) return;
    goTo(editor, { ...(page && { page }), ...(select && { select }) });
  }, [editor, page, select]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = editor.subscribe((now, before) => {
      if (now.page === before.page && now.selection === before.selection) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        written.current = placeOf(editor.getState());
        void navigate({ search: written.current, replace: true });
      }, QUIET_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [editor, navigate]);
}
