import { IconPlus, IconX } from '@tabler/icons-react';
import { Hint } from '../../ui/hint.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type Json, jsonOrText, textOfJson } from './field-text.ts';
import { BindableField, type FieldProps } from './property-field.tsx';
import { useTyped } from './use-typed.ts';

type Option = { label: string; value: Json };

/** A list of labels with values, or an expression that gives one. */
export function OptionsEditor(props: FieldProps) {
  const { value, set, definition } = props;
  const bound = typeof value === 'string';
  const toggle = (
    <Hint text={bound ? 'Type the list here' : 'Use an expression'}>
      <button
        type="button"
        className="bd-fx-toggle"
        aria-pressed={bound}
        aria-label="fx: expression for options"
        onClick={() => set(bound ? [] : `{{ ${JSON.stringify(optionsOf(value))} }}`)}
      >
        fx
      </button>
    </Hint>
  );
  if (bound) {
    return (
      <div className="bd-field" style={{ position: 'relative' }}>
        <span style={{ position: 'absolute', right: 0, top: 0 }}>{toggle}</span>
        <BindableField {...props} />
        <p className="sp-hint">
          A list of values, or of labels with values:{' '}
          <span className="sp-mono">
            {'{{ query1.data.map((row) => ({ label: row.name, value: row.id })) }}'}
          </span>
        </p>
      </div>
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
          label="Add an option"
          icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
          onClick={() =>
            set([...options, { label: `Option ${options.length + 1}`, value: `option${options.length + 1}` }])
          }
        />
        {toggle}
      </div>
      <div className="bd-pairs">
        {options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: label and value are what is typed here
          <div key={index} className="bd-pair">
            <input
              className="bd-input"
              aria-label={`Label ${index + 1}`}
              value={option.label}
              onChange={(event) => replace(index, { ...option, label: event.currentTarget.value })}
            />
            <OptionValue
              label={`Value ${index + 1}`}
              value={option.value}
              set={(next) => replace(index, { ...option, value: next })}
            />
            <IconButton
              small
              label={`Remove ${option.label}`}
              icon={<IconX size={13} stroke={2} aria-hidden="true" />}
              onClick={() => replace(index, undefined)}
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

/** Plain values stand for themselves. */
function optionsOf(value: Json): Option[] {
  if (!Array.isArray(value)) return [];
  return value.map((item): Option => {
    if (typeof item === 'object' && item !== null && !Array.isArray(item) && 'value' in item) {
      return { label: String(item.label ?? item.value), value: item.value ?? null };
    }
    return { label: String(item), value: item };
  });
}
