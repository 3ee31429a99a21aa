import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { revealButton } from '../../ui/reveal-button.ts';

interface PasswordFieldProps extends Omit<PasswordInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onValue: (password: string) => void;
}

/** The password that somebody has. One that is being chosen is a `NewPasswordField`. */
export function PasswordField({ onValue, ...props }: PasswordFieldProps) {
  return (
    <PasswordInput
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      visibilityToggleButtonProps={revealButton('Show the password')}
      {...props}
      onChange={(event) => onValue(event.currentTarget.value)}
      autoComplete="current-password"
      required
      withAsterisk={false}
      maxLength={200}
    />
  );
}
