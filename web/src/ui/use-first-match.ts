import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';

/**
 * The search of a list of choices, of which typing highlights the first that matches, so that Enter chooses it. Nothing is
 * highlighted while the text is that of the choice (the list is whole then, and its first is another), or is taken out;
 * Enter calls `empty` then, and never sends the form around a text that is no choice.
 */
export function useFirstMatch(
  input: RefObject<HTMLInputElement | null>,
  chosen = '',
  empty: () => void = () => {},
) {
  const [search, setSearch] = useState({ text: chosen, typed: false });
  useEffect(() => {
    if (!search.typed) return;
    // The list knows what is highlighted by its keys alone; and one that just opened goes to its choice, a moment later.
    const timer = setTimeout(() => {
      const options = listOf(input.current)?.querySelectorAll('[data-combobox-option]') ?? [];
      press(input.current, 'ArrowDown');
      for (let n = 0; n < options.length && options[0]?.matches(HIGHLIGHTED) === false; n++)
        press(input.current, 'ArrowUp');
    }, 0);
    return () => clearTimeout(timer);
  }, [input, search]);
  return {
    reset: () => setSearch({ text: chosen, typed: false }),
    field: {
      searchValue: search.text,
      onSearchChange: (text: string) => setSearch({ text, typed: text !== '' && text !== chosen }),
      onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key !== 'Enter' || search.text === chosen) return;
        if (listOf(event.currentTarget)?.querySelector(HIGHLIGHTED)) return;
        event.preventDefault();
        if (search.text === '') empty();
      },
    },
  };
}

const HIGHLIGHTED = '[data-combobox-selected]';

const listOf = (input: HTMLInputElement | null) =>
  document.getElementById(input?.getAttribute('aria-controls') ?? '');

function press(input: HTMLInputElement | null, key: 'ArrowDown' | 'ArrowUp'): void {
  input?.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
}
