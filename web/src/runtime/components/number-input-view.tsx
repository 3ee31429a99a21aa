import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { numberOrText } from '../engine/compare-decimals.ts';
import { shownText } from '../engine/shown-text.ts';
import { twoNumbers, typedNumber, valueTyped } from '../engine/typed-number.ts';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import { stepDecimal } from './step-decimal.ts';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';

/**
 * A number. What a JavaScript number holds exactly is exposed as one; a longer integer or decimal as its text, so that
 * no digit is lost on the way to the database.
 */
export function NumberInputView(view: ViewProps) {
  const { session, mode } = useRuntime();
  const { id, props, state } = view;
  const value = state.exposed.value;
  const whole = Number(props.decimals) === 0 && props.decimals !== null;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(shownText(value));
  useFocusCommand(id, input);
  useEffect(() => {
    setTyped((text) => (valueTyped(text, whole) === value ? text : shownText(value)));
  }, [value, whole]);
  const change = (text: string, means = valueTyped(text, whole)): void => {
    setTyped(text);
    session.change(id, means);
  };
  const step = (by: 1 | -1): void => {
    if (twoNumbers(shownText(value)) !== null) return;
    // A field shows decimals with a point, however this person's tables group.
    const next = stepDecimal(typedNumber(typed, whole, false) || '0', by);
    change(next, numberOrText(next) ?? next);
  };
  return (
    <TextInput
      {...fieldProps(view, session, mode)}
      ref={input}
      className="rt-number"
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      placeholder={String(props.placeholder ?? '')}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event: KeyboardEvent) => {
        if (mode === 'edit' || event.nativeEvent.isComposing) return;
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault();
          step(event.key === 'ArrowUp' ? 1 : -1);
        }
        if (event.key === 'Enter') {
          session.touch(id);
          void session.fire(id, 'onSubmit');
        }
      }}
    />
  );
}
