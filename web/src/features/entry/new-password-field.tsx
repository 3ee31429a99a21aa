import type { PasswordInputProps } from '@mantine/core';
import { SecretInput } from '../../ui/secret-input.tsx';
import { passwordStrength } from './password-strength.ts';

const words = [
  '',
  'Easy to guess. Add words or make it longer.',
  'Not strong yet. One more word helps.',
  'Good.',
  'Strong.',
];

/** A password that is being chosen, with a meter. Under a refusal, which says more, the hint waits for a stronger one. */
export function NewPasswordField(props: PasswordInputProps & { readonly value: string }) {
  const strength = passwordStrength(props.value);
  return (
    <div>
      <SecretInput
        {...props}
        autoComplete="new-password"
        reveal="Show the password"
        inputWrapperOrder={['label', 'input', 'error']}
      />
      <div className="sp-meter" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <i key={step} data-on={strength >= step ? (strength < 3 ? 'weak' : 'yes') : undefined} />
        ))}
      </div>
      {(!props.error || strength >= 3) && (
        <p className="sp-hint" aria-live="polite">
          {words[strength] || 'Four or five unrelated words make a strong password.'} Common passwords are not
          accepted.
        </p>
      )}
    </div>
  );
}
