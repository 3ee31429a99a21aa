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
    // The list knows what is highlighted by its keys alone; and one that just opened forgets it once, a moment later.
    const timer = setTimeout(() => {
      const down = { key: 'ArrowDown', code: 'ArrowDown', bubbles: true, cancelable: true };
      input.current?.dispatchEvent(new KeyboardEvent('keydown', down));
    }, 0);
    return () => clearTimeout(timer);
  }, [input, search]);
  return {
    typed: search.typed,
    reset: () => setSearch({ text: chosen, typed: false }),
    field: {
      searchValue: search.text,
      onSearchChange: (text: string) => setSearch({ text, typed: text !== '' && text !== chosen }),
      onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || search.text === chosen) return;
        const list = document.getElementById(event.currentTarget.getAttribute('aria-controls') ?? '');
        if (list?.querySelector('[data-combobox-selected]')) return;
        event.preventDefault();
        if (search.text === '') empty();
      },
    },
  };
}
