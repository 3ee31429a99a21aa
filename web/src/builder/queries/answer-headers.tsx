import { useState } from 'react';

interface AnswerHeadersProps {
  readonly id: string;
  readonly query: string;
  readonly names: readonly string[];
  readonly onChange: (names: string[] | undefined) => void;
}

/** Names of headers with commas between. What is half typed stays as it is typed. */
export function AnswerHeaders({ id, query, names, onChange }: AnswerHeadersProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <span>
      <input
        id={id}
        className="bd-input sp-mono"
        placeholder="X-Total-Count, Location"
        aria-describedby={`${id}-note`}
        value={typed ?? names.join(', ')}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const list = text
            .split(',')
            .map((name) => name.trim())
            .filter(Boolean);
          onChange(list.length === 0 ? undefined : list);
        }}
        onBlur={() => setTyped(undefined)}
      />
      <span id={`${id}-note`} className="sp-t3 sp-sm" style={{ display: 'block' }}>
        For expressions, such as{' '}
        <span className="sp-mono">{`{{ ${query}.headers['${(names[0] ?? 'x-total-count').toLowerCase()}'] }}`}</span>
      </span>
    </span>
  );
}
