import { useCallback, useState } from 'react';
import type { Column } from './column-model.ts';

export interface ColumnSettings {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
  /** Of those that the app hides at first. */
  readonly shown: readonly string[];
}

export const AS_THE_APP: ColumnSettings = { widths: {}, hidden: [], shown: [] };

/** Whether a person sees a column: as they chose, else as the app has it. */
export const isShown = (
  { name, hidden }: Pick<Column, 'name' | 'hidden'>,
  settings: ColumnSettings,
): boolean => (hidden ? settings.shown.includes(name) : !settings.hidden.includes(name));

const names = (given: unknown): readonly string[] =>
  Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];

/** What a browser kept, as far as it can be read: a table that fails for it would fail each time. */
export function readSettings(text: string | null): ColumnSettings {
  try {
    const { widths, hidden, shown } = JSON.parse(text ?? '{}') as Record<string, unknown>;
    const pairs = Object.entries(widths ?? {}).filter(([, width]) => typeof width === 'number');
    return { widths: Object.fromEntries(pairs), hidden: names(hidden), shown: names(shown) };
  } catch {
    return AS_THE_APP;
  }
}

function stored(key: string): ColumnSettings {
  try {
    return readSettings(localStorage.getItem(key));
  } catch {
    return AS_THE_APP;
  }
}

/** The widths and hidden columns that a person chose, kept in this browser. */
export function useColumnSettings(key: string): readonly [ColumnSettings, (next: ColumnSettings) => void] {
  const [settings, setSettings] = useState(() => stored(key));
  const save = useCallback(
    (next: ColumnSettings) => {
      setSettings(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A full or forbidden store only means that the width is not remembered.
      }
    },
    [key],
  );
  return [settings, save];
}
