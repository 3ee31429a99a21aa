import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { localWriting } from '../../lib/number-writing.ts';
import { shownText } from '../engine/shown-text.ts';
import { readAs, typedNumber, valueTyped } from '../engine/typed-number.ts';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import { isKeyLike } from './key-like.ts';
import { numberPad } from './number-pad.ts';
import { stepDecimal } from './step-decimal.ts';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';

/**
 * A number, shown as tables show it and read as it is shown. What a JavaScript number holds exactly is exposed as one; a longer integer or decimal as its text, so that
 * no digit is lost on the way to the database.
 */
export function NumberInputView(view: ViewProps) {
  const { session, mode } = useRuntime();
  const { id, props, state } = view;
  const value = state.exposed.value;
  const whole = Number(props.decimals) === 0 && props.decimals !== null;
  const grouped = !isKeyLike(id) && !isKeyLike(String(props.label ?? ''));
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(localWriting.write(shownText(value), grouped));
  const [byHand, setByHand] = useState<string>();
  useFocusCommand(id, input, props.disabled);
  useEffect(() => {
    setTyped((text) =>
      valueTyped(text, whole) === value ? text : localWriting.write(shownText(value), grouped),
    );
  }, [value, whole, grouped]);
  const change = (text: string): void => {
    setTyped(text);
    session.change(id, valueTyped(text, whole));
  };
  const step = (by: 1 | -1): void =>
    change(localWriting.write(stepDecimal(typedNumber(typed, whole) || '0', by), grouped));
  const field = fieldProps(view, session, mode);
  // Of what stands there as a table shows it, nothing was read.
  const understood = byHand === typed ? readAs(typed, whole) : null;
  return (
    <TextInput
      {...field}
      {...(understood !== null && {
        description: (
          <>
            {field.description}
            <span role="status" className="rt-aside">
              Read as {understood}.
            </span>
          </>
        ),
      })}
      ref={input}
      className="rt-number"
      inputMode={numberPad(whole, props.min)}
      autoComplete="off"
      placeholder={String(props.placeholder ?? '')}
      value={typed}
      onChange={(event) => {
        setByHand(event.currentTarget.value);
        change(event.currentTarget.value);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (mode === 'edit') return;
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
