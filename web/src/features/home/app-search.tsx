import { IconSearch } from '@tabler/icons-react';

interface AppSearchProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** Finds an app by a few letters; Enter opens the first. */
export function AppSearch({ value, onChange, onEnter }: AppSearchProps) {
  return (
    <label className="sp-in sp-lg">
      <IconSearch size={16} stroke={1.75} aria-hidden="true" />
      <input
        type="search"
        aria-label="Find an app"
        placeholder="Find an app"
        value={value}
        // biome-ignore lint/a11y/noAutofocus: the page is there to find an app
        autoFocus
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && value !== '') onEnter();
        }}
      />
    </label>
  );
}
