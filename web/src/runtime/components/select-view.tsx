import { MultiSelect } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { seenText } from '../../lib/seen-text.ts';
import { OPTIONS_SHOWN } from '../../ui/first-options.ts';
import { SearchSelect } from '../../ui/search-select.tsx';
import { useFirstMatch } from '../../ui/use-first-match.ts';
import { keyOf, optionList } from '../engine/option-list.ts';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';

/** One choice of a list, or several. The value keeps the type that its option has. */
export function SelectView(view: ViewProps) {
  const { session, mode } = useRuntime();
  const { id, props, state } = view;
  const input = useRef<HTMLInputElement>(null);
  useFocusCommand(id, input, props.disabled);
  const several = useFirstMatch(input);
  const options = useMemo(() => optionList(props.options), [props.options]);
  const values = useMemo(() => new Map(options.map((option) => [option.key, option.value])), [options]);
  const current = state.exposed.value;
  const chosen: readonly unknown[] =
    props.multiple === true && Array.isArray(current)
      ? current
      : current === null || current === undefined
        ? []
        : [current];
  // A value that is not among the options still shows, so that saving a form does not silently change it.
  const extra = chosen.map(keyOf).filter((key) => !values.has(key));
  const data = [
    ...options.map(({ key, label }) => ({ value: key, label: seenText(label) })),
    ...extra.map((key) => ({ value: key, label: seenText(key) })),
  ];
  const optionValue = (key: string): unknown =>
    values.get(key) ?? chosen.find((value) => keyOf(value) === key) ?? key;
  const field = fieldProps(view, session, mode);
  const aside = state.aside.map((option) => seenText(option.label)).join(', ');
  const control = {
    ...field,
    ...(aside !== '' && {
      description: (
        <>
          {field.description}
          <span role="status" className="rt-aside sp-warn">
            No longer an option, so it was removed: {aside}
          </span>
        </>
      ),
    }),
    ref: input,
    data,
    placeholder: chosen.length > 0 && props.multiple === true ? '' : String(props.placeholder ?? ''),
    clearable: props.clearable !== false && props.required !== true && mode === 'live',
    // What is not drawn is reached by searching alone.
    searchable: (props.searchable !== false || data.length > OPTIONS_SHOWN) && mode === 'live',
    clearButtonProps: {
      'aria-label': `Clear ${String(props.label ?? '') || id}`,
      size: '20px',
      iconSize: 14,
    },
    chevronColor: 'var(--sp-text-3)',
  };
  if (props.multiple === true) {
    return (
      <MultiSelect
        {...control}
        {...several.field}
        value={chosen.map(keyOf)}
        onChange={(keys) => session.change(id, keys.map(optionValue))}
        hidePickedOptions
      />
    );
  }
  return (
    <SearchSelect
      {...control}
      value={chosen.length === 0 ? null : keyOf(chosen[0])}
      onChange={(key) => session.change(id, key === null ? null : optionValue(key))}
    />
  );
}
