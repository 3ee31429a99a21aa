import { Combobox, useCombobox } from '@mantine/core';
import { type ReactElement, useEffect, useState } from 'react';
import { figure } from '../lib/number.ts';
import { rankHits } from '../lib/rank-hits.ts';

interface FilterFindProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[];
  readonly onChange: (value: T) => void;
  /** The button that opens it. */
  readonly children: (toggle: () => void) => ReactElement;
}
const MOST = 100;

/** What to choose one of many from: typing finds it by any words of its label and its hint. */
export function FilterFind<T extends string>({ label, options, onChange, children }: FilterFindProps<T>) {
  const [text, setText] = useState('');
  const list = useCombobox({
    onDropdownClose: () => {
      list.resetSelectedOption();
      list.focusTarget();
      setText('');
    },
    onDropdownOpen: () => list.focusSearchInput(),
  });
  const { selectFirstOption, resetSelectedOption } = list;
  useEffect(() => {
    if (text === '') resetSelectedOption();
    else selectFirstOption();
  }, [text, selectFirstOption, resetSelectedOption]);
  const found = rankHits(options, text, (option) => ({ name: option.label, note: option.hint }));
  return (
    <Combobox
      store={list}
      position="bottom-start"
      width={320}
      withinPortal
      onOptionSubmit={(value) => {
        const chosen = options.find((option) => option.value === value);
        list.closeDropdown();
        if (chosen) onChange(chosen.value);
      }}
    >
      <Combobox.Target targetType="button">{children(() => list.toggleDropdown())}</Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label={`Find: ${label}`}
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {found.slice(0, MOST).map((option) => (
            <Combobox.Option key={option.value} value={option.value}>
              {option.label}
              {option.hint && <div className="sp-t3 sp-sm">{option.hint}</div>}
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>{options.length === 0 ? 'No options' : 'No matches'}</Combobox.Empty>
          )}
          {found.length > MOST && (
            <Combobox.Empty>{figure(found.length - MOST)} more. Type to search.</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
