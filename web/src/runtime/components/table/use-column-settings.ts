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

function stored(key: string): ColumnSettings {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof value === 'object' && value !== null ? { ...AS_THE_APP, ...value } : AS_THE_APP;
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
