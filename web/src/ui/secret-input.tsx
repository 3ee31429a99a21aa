import { PasswordInput, type PasswordInputProps } from '@mantine/core';

/**
 * A field whose text is hidden until its eye is pressed, which `reveal` names. From then on it is a text like any other to
 * the browser, and must be neither sent to a spelling service, nor learned by a keyboard, nor begun with a capital.
 */
export function SecretInput({ reveal, ...props }: PasswordInputProps & { readonly reveal: string }) {
  return (
    <PasswordInput
      {...props}
      spellCheck={false}
      autoCorrect="off"
      autoCapitalize="none"
      // Reached by the keyboard too, where Mantine leaves it out.
      visibilityToggleButtonProps={{ 'aria-label': reveal, tabIndex: 0 }}
    />
  );
}
