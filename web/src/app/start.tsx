import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followOtherTabs } from '../lib/session.ts';
import { followMenus } from '../ui/menu-owner.ts';
import { App } from './app.tsx';

/** Draws the app into the page. */
export function start(): void {
  const place = document.getElementById('root');
  if (!place) throw new Error('The page has no #root.');
  followMenus();
  followOtherTabs();
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
