import { SearchPalette } from '../ui/search-palette.tsx';
import { usePaletteEntries } from './palette-entries.ts';

interface PaletteProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly openShortcuts: () => void;
}

/** ⌘K: apps, places, sources and things to do. */
export function Palette({ opened, onClose, openShortcuts }: PaletteProps) {
  const entries = usePaletteEntries(opened, openShortcuts);
  return (
    <SearchPalette label="Search for an app or a page" entries={entries} opened={opened} onClose={onClose} />
  );
}
