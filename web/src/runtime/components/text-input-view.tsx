import { PasswordInput, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { revealButton } from '../../ui/reveal-button.ts';
import { shownText } from '../engine/shown-text.ts';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';

const TYPES: Readonly<Record<string, string>> = { email: 'email', url: 'url' };

const isText = (format: unknown): boolean => format === undefined || format === 'text';

/** A line of text, several, an email address, a web address, or a password. */
export function TextInputView(view: ViewProps) {
  const { session, mode } = useRuntime();
  const { id, props, state } = view;
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useFocusCommand(id, input);
  // In a field of one line, a text of several would lose its ends of lines with the first letter that is typed.
  const tall = props.format === 'multiline' || (isText(props.format) && /\n/.test(shownText(props.value)));
  // A browser's field has `\n` alone: an end of line that nobody touched stays what it was.
  const lineEnd = shownText(props.value).includes('\r\n') ? '\r\n' : '\n';
  const control = {
    ...fieldProps(view, session, mode),
    ref: input,
    // Each text in its own direction, as the tables show it.
    dir: 'auto',
    value: String(state.exposed.value ?? ''),
    placeholder: String(props.placeholder ?? ''),
    // Too long is said below the field; the browser's own limit would cut what is pasted without a word.
    onChange: (event: { currentTarget: { value: string } }) =>
      session.change(id, event.currentTarget.value.replaceAll('\n', lineEnd)),
    onKeyDown: (event: KeyboardEvent) => {
      const sends = event.key === 'Enter' && (!tall || event.metaKey || event.ctrlKey);
      if (!sends || event.nativeEvent.isComposing || mode === 'edit') return;
      session.touch(id);
      void session.fire(id, 'onSubmit');
    },
  };
  if (tall)
    return <Textarea {...control} classNames={{ root: 'rt-tall', wrapper: 'rt-tall', input: 'rt-tall' }} />;
  switch (props.format) {
    case 'password':
      return (
        <PasswordInput
          {...control}
          autoComplete="new-password"
          visibilityToggleButtonProps={revealButton('Show the text')}
        />
      );
    default:
      return <TextInput {...control} type={TYPES[String(props.format)] ?? 'text'} autoComplete="off" />;
  }
}
