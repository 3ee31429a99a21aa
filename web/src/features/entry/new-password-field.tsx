import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useState } from 'react';
import { revealButton } from '../../ui/reveal-button.ts';
import { passwordStrength } from './password-strength.ts';

const words = [
  '',
  'Easy to guess. Add words, or length.',
  'Not strong yet. One more word helps.',
  'Good.',
  'Strong.',
];

/** A password that is being chosen, with a meter. One that was refused has the reason there, until it is another. */
export function NewPasswordField({ error, ...props }: PasswordInputProps & { readonly value: string }) {
  const strength = passwordStrength(props.value);
  const [refused, setRefused] = useState({ error, value: props.value });
  if (refused.error !== error) setRefused({ error, value: props.value });
  const reason = refused.value === props.value ? error : undefined;
  return (
    <div>
      <PasswordInput
        {...props}
        error={reason}
        autoComplete="new-password"
        visibilityToggleButtonProps={revealButton('Show the password')}
        inputWrapperOrder={['label', 'input', 'error']}
      />
      {!reason && (
        <>
          <div className="sp-meter" aria-hidden="true">
            {[1, 2, 3, 4].map((step) => (
              <i key={step} data-on={strength >= step ? (strength < 3 ? 'weak' : 'yes') : undefined} />
            ))}
          </div>
          <p className="sp-hint" aria-live="polite">
            {words[strength] || 'Four or five unrelated words make a strong one.'} Well-known ones are
            refused.
          </p>
        </>
      )}
    </div>
  );
}
