import type { PasswordInputProps } from '@mantine/core';
import { SecretInput } from '../../ui/secret-input.tsx';

interface PasswordFieldProps extends Omit<PasswordInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onValue: (password: string) => void;
  readonly reveal?: string;
}

/** The password that somebody has. One that is being chosen is a `NewPasswordField`. */
export function PasswordField({ onValue, reveal = 'Show the password', ...props }: PasswordFieldProps) {
  return (
    <SecretInput
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      reveal={reveal}
      {...props}
      onChange={(event) => onValue(event.currentTarget.value)}
      autoComplete="current-password"
      required
      withAsterisk={false}
      maxLength={200}
    />
  );
}
