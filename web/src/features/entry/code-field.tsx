import { TextInput, type TextInputProps } from '@mantine/core';

interface CodeFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onValue: (code: string) => void;
}

/** A code of the second step: the app's six digits, or a recovery code. */
export function CodeField({ onValue, ...props }: CodeFieldProps) {
  return (
    <TextInput
      label="Code"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...props}
      onChange={(event) => onValue(event.currentTarget.value)}
      autoComplete="one-time-code"
      spellCheck={false}
      autoCapitalize="none"
      required
      withAsterisk={false}
      minLength={6}
      maxLength={20}
      styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
    />
  );
}

export const CODE_HINT = 'The six-digit code from your authenticator app, or a recovery code.';
