import { EditorView } from '@codemirror/view';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
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
export function FxToggle({ id, definition, value, set, plainly, meaning }: FxToggleProps) {
  const bound = typeof value === 'string';
  const label = `fx: expression for ${definition.label.toLowerCase()}`;
  /** The field is drawn anew, without the button that had the keys: an expression is written next, or the button pressed again. */
  const toggle = (panel: Element | null) => {
    flushSync(() => set(bound ? meaning(literalOf(value)) : `{{ ${JSON.stringify(meaning(value))} }}`));
    const text = panel?.querySelector<HTMLElement>(`[aria-label="${definition.label} of ${id}"]`);
    const editor = text && EditorView.findFromDOM(text);
    if (!editor) return panel?.querySelector<HTMLElement>(`[aria-label="${label}"]`)?.focus();
    editor.focus();
    editor.dispatch({ selection: { anchor: '{{ '.length, head: editor.state.doc.length - ' }}'.length } });
  };
  return (
    <Hint text={bound ? plainly : 'Use an expression'}>
      <button
        type="button"
        className="bd-fx-toggle"
        aria-pressed={bound}
        aria-label={label}
        onClick={(event) => toggle(event.currentTarget.closest('.bd-is'))}
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
