import '../theme/console.css';
import { IconMenu2, IconSearch, IconX } from '@tabler/icons-react';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { SecondFactorNotice } from '../features/account/second-factor-notice.tsx';
import { commandKey } from '../lib/command-key.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Mark } from '../ui/mark.tsx';
import { PageTold } from '../ui/page-told.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { Palette } from './palette.tsx';
import { PersonButton } from './person-button.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** The console: rail, page, palette and shortcuts. */
export function ConsoleShell() {
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const [rail, setRail] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const came = useRef(path);
  useEffect(() => {
    if (came.current === path) return;
    came.current = path;
    // On small screens, going somewhere closes the rail.
    setRail(false);
    // What led here may be gone with the page before: whoever uses the keyboard begins in the page.
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [path]);
  useShortcuts({ openPalette: () => setPalette(true), openShortcuts: () => setShortcuts(true) });
  return (
    <div className="sp-shell">
      <a href="#main" className="sp-skip">
        Skip to content
      </a>
      <header className="sp-bar">
        <IconButton
          label={rail ? 'Close the menu' : 'Open the menu'}
          icon={rail ? <IconX size={16} stroke={1.75} /> : <IconMenu2 size={16} stroke={1.75} />}
          aria-expanded={rail}
          onClick={() => setRail(!rail)}
        />
        <Mark />
        <span className="sp-b">Sallyport</span>
        <IconButton
          label="Search"
          className="sp-end"
          icon={<IconSearch size={16} stroke={1.75} />}
          onClick={() => setPalette(true)}
        />
      </header>
      <aside className={`sp-side${rail ? ' sp-shown' : ''}`} aria-label="Console">
        <div className="sp-brand">
          <Mark />
          <span>Sallyport</span>
        </div>
        <button type="button" className="sp-in sp-sm sp-search" onClick={() => setPalette(true)}>
          <IconSearch size={14} stroke={2} aria-hidden="true" />
          <span className="sp-ph">Search</span>
          <kbd className="sp-kbd sp-end">{commandKey('K')}</kbd>
        </button>
        <NavigationRail />
        <PersonButton openShortcuts={() => setShortcuts(true)} />
      </aside>
      <main className="sp-main" id="main" tabIndex={-1} ref={main}>
        <SecondFactorNotice />
        <Outlet />
      </main>
      <PageTold />
      <Palette opened={palette} onClose={() => setPalette(false)} openShortcuts={() => setShortcuts(true)} />
      <ShortcutsDialog opened={shortcuts} onClose={() => setShortcuts(false)} />
    </div>
  );
}
