import { TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type Header, headerProblem } from './settings-draft.ts';

/** Headers sent with every request; they are shown to everyone who reads the source, so no credentials here. */
export function HeaderFields({
  headers,
  checked,
  onChange,
}: {
  readonly headers: readonly Header[];
  /** Says what is wrong with a name. */
  readonly checked: boolean;
  readonly onChange: (headers: readonly Header[]) => void;
}) {
  const put = (at: number, header: Header) =>
    onChange(headers.map((each, index) => (index === at ? header : each)));
  return (
    <fieldset className="sp-fieldset" style={{ gap: 6 }}>
      <legend className="sp-legend">Headers sent with every request</legend>
      {headers.map((header, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header has no name of its own while it is typed
        <div className="sp-row" style={{ alignItems: 'flex-start' }} key={at}>
          <TextInput
            aria-label="Header name"
            placeholder="Accept-Language"
            value={header.name}
            error={checked ? headerProblem(header) : null}
            onChange={(event) => put(at, { ...header, name: event.currentTarget.value })}
          />
          <TextInput
            className="sp-grow"
            aria-label="Header value"
            placeholder="en"
            value={header.value}
            onChange={(event) => put(at, { ...header, value: event.currentTarget.value })}
          />
          <IconButton
            label="Remove header"
            icon={<IconX size={14} stroke={2} />}
            onClick={() => onChange(headers.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          size="xs"
          icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
          disabledReason={headers.length >= 20 && 'At most 20.'}
          onClick={() => onChange([...headers, { name: '', value: '' }])}
        >
          Add header
        </Button>
      </div>
      <p className="sp-hint" style={{ margin: 0 }}>
        Do not put credentials here. Enter them below; a second one is a secret constant in the headers of
        queries.
      </p>
    </fieldset>
  );
}
