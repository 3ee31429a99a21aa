import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBinding } from '../live/use-live.ts';
import { type Json, jsonOrText, textOfJson } from './field-text.ts';
import { BoundField, FxToggle } from './fx-toggle.tsx';
import { newOption, type Option, optionsOf, problemOfOptions } from './options-of.ts';
import type { FieldProps } from './property-field.tsx';
import { useRowFocus } from './use-row-focus.ts';
import { useTyped } from './use-typed.ts';

/** A list of labels with values, or an expression that gives one. */
export function OptionsEditor(props: FieldProps) {
  const { id, name, value, set, definition } = props;
  const fx = { ...props, plainly: 'Enter a list', meaning: optionsOf };
  /** An option that was asked for and is not drawn yet: its label is what is typed next. */
  const asked = useRef<number>(undefined);
  /** One whose label is typed for the first time: its value is the same until another is given. */
  const fresh = useRef<number>(undefined);
  const { rows, add, goOn } = useRowFocus();
  const outcome = useBinding(`${id}.${name}`);
  if (typeof value === 'string') {
    const problem = outcome && 'value' in outcome ? problemOfOptions(outcome.value) : undefined;
    return (
      <BoundField {...fx}>
        {problem && (
          <p className="sp-hint sp-bad" role="status">
            {problem}
          </p>
        )}
        <p className="sp-hint">
          Enter a list of values, or of labels and values:{' '}
          <span className="sp-mono">
            {'{{ query1.data.map((row) => ({ label: row.name, value: row.id })) }}'}
          </span>
        </p>
      </BoundField>
    );
  }
  const options = optionsOf(value);
  const replace = (index: number, option: Option | undefined) =>
    set(options.flatMap((old, i) => (i === index ? (option ? [option] : []) : [old])));
  return (
    <div className="bd-field">
      <div className="bd-field-head">
        {definition.label}
        <span className="sp-t3">{options.length}</span>
        <IconButton
          small
          ref={add}
          label="Add option"
          icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
          onClick={() => {
            asked.current = options.length;
            fresh.current = options.length;
            set([...options, newOption(options)]);
          }}
        />
        <FxToggle {...fx} />
      </div>
      <div className="bd-pairs" ref={rows}>
        {options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: label and value are what is typed here
          <div key={index} className="bd-pair" data-row>
            <input
              ref={(input) => {
                if (input === null || asked.current !== index) return;
                asked.current = undefined;
                input.select();
              }}
              className="bd-input"
              aria-label={`Label ${index + 1}`}
              value={option.label}
              onChange={(event) => {
                const label = event.currentTarget.value;
                replace(index, fresh.current === index ? { label, value: label } : { ...option, label });
              }}
              onBlur={() => {
                fresh.current = undefined;
              }}
            />
            <OptionValue
              label={`Value ${index + 1}`}
              value={option.value}
              set={(next) => replace(index, { ...option, value: next })}
            />
            <IconButton
              small
              label={`Remove ${option.label}`}
              data-act="remove"
              icon={<IconX size={13} stroke={2} aria-hidden="true" />}
              onClick={() => {
                goOn(index, '[data-act="remove"]');
                replace(index, undefined);
              }}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function OptionValue({
  label,
  value,
  set,
}: {
  readonly label: string;
  readonly value: Json;
  readonly set: (value: Json) => void;
}) {
  const [text, type] = useTyped(value, textOfJson, jsonOrText);
  return (
    <input
      className="bd-input sp-mono"
      aria-label={label}
      value={text}
      onChange={(event) => set(type(event.currentTarget.value))}
    />
  );
}
