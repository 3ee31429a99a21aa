import { Menu } from '@mantine/core';
import { IconChevronDown, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FilterFind } from './filter-find.tsx';
import { leavesKeys } from './use-focus-return.ts';
import { useTypedSearch } from './use-typed-search.ts';

/** The row of filters above a table. What is chosen lives in the address. */
export const FilterBar = ({
  children,
  aside,
}: {
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}) => (
  <div className="sp-fbar">
    {children}
    {aside && <span className="sp-end sp-t3 sp-sm sp-tn sp-row sp-g6">{aside}</span>}
  </div>
);

interface FilterSearchProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The text filter. */
export function FilterSearch({ label, value, onChange }: FilterSearchProps) {
  const [text, setText] = useTypedSearch(value, onChange);
  return (
    <label className="sp-in sp-sm sp-filter-search">
      <IconSearch size={14} stroke={2} aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}

interface FilterPickProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[];
  readonly onChange: (value: T | undefined) => void;
  /** For what an organization has any number of: one types to find. Told, not counted, since it must not change as they come. */
  readonly find?: boolean;
}

/** One filter: a dashed `+ Engine` while open to all, solid with its value and a way to drop it when set. */
export function FilterPick<T extends string>({ label, value, options, onChange, find }: FilterPickProps<T>) {
  const chosen = options.find((option) => option.value === value);
  const button = (toggle?: () => void) => (
    <button type="button" className={`sp-fpick${value ? ' sp-on' : ''}`} onClick={toggle}>
      {value ? (
        <>
          {label} <b>{chosen?.label ?? value}</b>
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </>
      ) : (
        <>
          <IconPlus size={14} stroke={2} aria-hidden="true" />
          {label}
        </>
      )}
    </button>
  );
  return (
    <span className="sp-row sp-g4">
      {find ? (
        <FilterFind label={label} options={options} onChange={onChange}>
          {button}
        </FilterFind>
      ) : (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>{button()}</Menu.Target>
          <Menu.Dropdown>
            {options.map((option) => (
              <Menu.Item key={option.value} onClick={() => onChange(option.value)}>
                {option.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {value && (
        <button
          type="button"
          className="sp-ib sp-sm"
          aria-label={`Remove the filter ${label}`}
          ref={leavesKeys}
          onClick={() => onChange(undefined)}
        >
          <IconX size={14} stroke={2} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
