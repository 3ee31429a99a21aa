import { useEffect, useRef, useState } from 'react';

const QUIET_MS = 250;

/**
 * What is typed into a search: told 250 ms after the last key, and another when it is changed elsewhere. What is typed
 * while the last that was told is still on its way stays.
 */
export function useTypedSearch(
  value: string,
  tell: (value: string) => void,
): readonly [text: string, type: (text: string) => void] {
  const [text, setText] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value !== told.current) setText(value);
    told.current = value;
  }, [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => {
      told.current = text;
      tell(text);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [text, value, tell]);
  return [text, setText];
}
