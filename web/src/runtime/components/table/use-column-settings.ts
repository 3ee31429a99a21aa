import { useCallback, useState } from 'react';

export interface ColumnSettings {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
}

const EMPTY: ColumnSettings = { widths: {}, hidden: [] };

function stored(key: string): ColumnSettings {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof value === 'object' && value !== null ? { ...EMPTY, ...value } : EMPTY;
  } catch {
    return EMPTY;
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
