import { Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { figure } from '../../lib/number.ts';
import { SecretInput } from '../../ui/secret-input.tsx';
import { shownText } from '../engine/shown-text.ts';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';

const TYPES: Readonly<Record<string, string>> = { email: 'email', url: 'url' };

const isText = (format: unknown): boolean => format === undefined || format === 'text';

/** What a run has room for in any writing. A page hardly answers to typing in a text of millions of letters. */
const LONGEST = 1_000_000;

/** A line of text, several, an email address, a web address, or a password. */
export function TextInputView(view: ViewProps) {
  const { session, mode } = useRuntime();
  const { id, props, state } = view;
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useFocusCommand(id, input, props.disabled);
  // In a field of one line, a text of several would lose its ends of lines with the first letter that is typed.
  const tall = props.format === 'multiline' || (isText(props.format) && /\n/.test(shownText(props.value)));
  // A browser's field has `\n` alone: an end of line that nobody touched stays what it was.
  const lineEnd = shownText(props.value).includes('\r\n') ? '\r\n' : '\n';
  const value = String(state.exposed.value ?? '');
  const [refused, setRefused] = useState(0);
  const change = (text: string) => {
    const tooLong = text.length > LONGEST && text.length > value.length;
    setRefused(tooLong ? text.length : 0);
    if (!tooLong) session.change(id, text.replaceAll('\n', lineEnd));
  };
  const field = fieldProps(view, session, mode);
  const control = {
    ...field,
    error:
      refused === 0
        ? field.error
        : `Not entered. Maximum ${figure(LONGEST)} characters, entered ${figure(refused)}.`,
    ref: input,
    // Each text in its own direction, as the tables show it.
    dir: 'auto',
    value,
    placeholder: String(props.placeholder ?? ''),
    // Too long is said below the field; the browser's own limit would cut what is pasted without a word.
    onChange: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
    onKeyDown: (event: KeyboardEvent) => {
      const sends = event.key === 'Enter' && (!tall || event.metaKey || event.ctrlKey);
      if (!sends || mode === 'edit') return;
      session.touch(id);
      void session.fire(id, 'onSubmit');
    },
  };
  if (tall)
    return <Textarea {...control} classNames={{ root: 'rt-tall', wrapper: 'rt-tall', input: 'rt-tall' }} />;
  switch (props.format) {
    case 'password':
      return <SecretInput {...control} autoComplete="new-password" reveal="Show the text" />;
    default:
      return <TextInput {...control} type={TYPES[String(props.format)] ?? 'text'} autoComplete="off" />;
  }
}
