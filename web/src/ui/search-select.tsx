import { Select, type SelectProps } from '@mantine/core';
import { type RefObject, useRef } from 'react';
import { useFirstMatch } from './use-first-match.ts';

type SearchSelectProps = Omit<SelectProps<string>, 'data' | 'value' | 'ref' | 'allowDeselect'> & {
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly value: string | null;
  readonly ref?: RefObject<HTMLInputElement | null>;
};

/** A Select that is searched by typing: Enter takes the first match, and empties it when its text was taken out. */
export function SearchSelect({ ref, ...props }: SearchSelectProps) {
  const own = useRef<HTMLInputElement>(null);
  const input = ref ?? own;
  const chosen = props.data.find(({ value }) => value === props.value)?.label ?? '';
  const search = useFirstMatch(input, chosen, () => {
    if (props.clearable === true) props.onChange?.(null, { value: '', label: '' });
  });
  return (
    <Select
      {...props}
      {...search.field}
      ref={input}
      // What is pressed is meant, also when it is what was chosen already; what may be empty has a button for that.
      allowDeselect={false}
      onOptionSubmit={search.reset}
    />
  );
}
