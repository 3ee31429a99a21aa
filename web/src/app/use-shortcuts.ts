import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { commandHeld, letterOf } from '../lib/command-key.ts';
import { useMe } from '../lib/session.ts';
import { navigation } from './navigation.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('[role="dialog"]') !== null);

/** In an empty search field, no search begins with these: a page that starts in its search has shortcuts too. */
const noSearch = (target: EventTarget | null, key: string): boolean =>
  target instanceof HTMLInputElement &&
  target.type === 'search' &&
  target.value === '' &&
  (key === '?' || key === '/');

interface Openers {
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
}

/** ⌘K anywhere; `?`, `/`, and `g` with a letter while nothing is being typed. */
export function useShortcuts({ openPalette, openShortcuts }: Openers): void {
  const navigate = useNavigate();
  const me = useMe();
  const going = useRef(0);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (commandHeld(event) && letterOf(event) === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if (typing(event.target) && !noSearch(event.target, event.key)) return;
      const letter = letterOf(event);
      if (event.key === '?') {
        event.preventDefault();
        openShortcuts();
      } else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
        if (!field) return;
        event.preventDefault();
        field.focus();
      } else if (letter === 'g') going.current = event.timeStamp;
      else if (event.timeStamp - going.current < 1_200) {
        going.current = 0;
        const place = navigation.find((candidate) => candidate.key === letter);
        if (place && me.permissions.includes(place.action)) void navigate({ to: place.to });
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate, me, openPalette, openShortcuts]);
}
