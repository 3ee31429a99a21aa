import type { ReactNode } from 'react';
import { Hint } from '../../ui/hint.tsx';
import { literalOf } from './field-text.ts';
import { BindableField, type FieldProps } from './property-field.tsx';

interface FxToggleProps extends FieldProps {
  /** What there is without an expression: `Use a plain switch`. */
  readonly plainly: string;
  /** What the field holds plainly, of an expression that gives the same whatever happens; nothing of any other. */
  readonly meaning: (literal: FieldProps['value'] | undefined) => FieldProps['value'];
}

/** Goes from what is set plainly to an expression that gives it, and back. */
export function FxToggle({ definition, value, set, plainly, meaning }: FxToggleProps) {
  const bound = typeof value === 'string';
  return (
    <Hint text={bound ? plainly : 'Use an expression'}>
      <button
        type="button"
        className="bd-fx-toggle"
        aria-pressed={bound}
        aria-label={`fx: expression for ${definition.label.toLowerCase()}`}
        onClick={() => set(bound ? meaning(literalOf(value)) : `{{ ${JSON.stringify(meaning(value))} }}`)}
      >
        fx
      </button>
    </Hint>
  );
}

/** The expression of a field that can be set plainly as well. */
export function BoundField({ children, ...props }: FxToggleProps & { readonly children?: ReactNode }) {
  return (
    <div className="bd-field" style={{ position: 'relative' }}>
      <span style={{ position: 'absolute', right: 0, top: 0 }}>
        <FxToggle {...props} />
      </span>
      <BindableField {...props} />
      {children}
    </div>
  );
}
