import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { leaveKeysToInputMethods } from '../lib/input-methods.ts';
import { followOtherTabs } from '../lib/session.ts';
import { followMenus } from '../ui/menu-owner.ts';
import { App } from './app.tsx';
import { router } from './router.ts';

/** Draws the app into the page. */
export function start(): void {
  const place = document.getElementById('root');
  if (!place) throw new Error('The page has no #root.');
  leaveKeysToInputMethods();
  followMenus();
  followOtherTabs();
  // What draws the address comes while it is asked who is signed in, and not after.
  const [matchedRoutes] = router.getMatchedRoutes(router.latestLocation.pathname);
  for (const { options } of matchedRoutes) void options.component?.preload?.();
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
