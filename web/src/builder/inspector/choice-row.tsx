import { useId } from 'react';

/** One of several, beside its label. What is none of them any more says so, and stays until another is chosen. */
export function ChoiceRow({
  label,
  value,
  options,
  say = (option) => option,
  hint,
  disabled,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  /** What an option is called; names of the app's own are called what they are. */
  readonly say?: (option: string) => string;
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="bd-fr">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="bd-input"
        value={value}
        title={hint}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {!options.includes(value) && (
          <option value={value}>{value === '' ? '—' : `${value} (missing)`}</option>
        )}
        {options.map((option) => (
          <option key={option} value={option}>
            {say(option)}
          </option>
        ))}
      </select>
    </div>
  );
}
