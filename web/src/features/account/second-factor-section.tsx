import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meQuery, useMe } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PasswordField } from '../entry/password-field.tsx';
import { RecoveryCodes } from '../entry/recovery-codes.tsx';
import { SecondFactorSteps } from '../entry/second-factor-steps.tsx';
import { RemoveSecondFactor } from './remove-second-factor.tsx';

type Step = 'rest' | 'password' | 'scan' | 'codes' | 'remove';

/** Turns the second step on, with recovery codes, and off. */
export function SecondFactorSection() {
  const me = useMe();
  const client = useQueryClient();
  const [step, setStep] = useState<Step>('rest');
  // The button that comes back has the keys of the form that went.
  const [left, setLeft] = useState(false);
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<unknown>();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const rest = () => {
    setStep('rest');
    setLeft(true);
    setPassword('');
    setRefused(undefined);
    setCodes([]);
  };
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    setStep('scan');
  };
  return (
    <section aria-label="Two-factor authentication">
      <h2 className="sp-row">
        Two-factor authentication
        {me.secondFactor && (
          <span className="sp-ok sp-row sp-g4 sp-sm">
            <IconCheck size={14} stroke={2} aria-hidden="true" />
            On
          </span>
        )}
      </h2>
      {step === 'rest' && (
        <>
          <p className="sp-t2" style={{ marginBottom: 12 }}>
            {me.secondFactor
              ? 'You enter a code from your authenticator app each time you sign in.'
              : 'Protects your account even if your password is stolen. You need an authenticator app on your phone.'}
          </p>
          {me.secondFactor ? (
            <Button tone="danger" autoFocus={left} onClick={() => setStep('remove')}>
              Turn off…
            </Button>
          ) : (
            <Button tone="primary" autoFocus={left} onClick={() => setStep('password')}>
              Set up
            </Button>
          )}
        </>
      )}
      {step === 'password' && (
        <form onSubmit={confirm} className="sp-form">
          <PasswordField label="Your password" value={password} onValue={setPassword} autoFocus />
          <FailureNote error={refused} />
          <div className="sp-row">
            <Button type="submit" tone="primary">
              Continue
            </Button>
            <Button tone="ghost" onClick={rest}>
              Cancel
            </Button>
          </div>
        </form>
      )}
      {step === 'scan' && (
        <div style={{ maxWidth: 480 }}>
          <SecondFactorSteps
            password={password}
            onSkip={rest}
            onRefused={(error) => {
              setRefused(error);
              setStep('password');
            }}
            onConfirmed={(given) => {
              setCodes(given);
              setPassword('');
              setStep('codes');
              void client.invalidateQueries({ queryKey: meQuery.queryKey });
            }}
          />
        </div>
      )}
      {step === 'codes' && (
        <div style={{ maxWidth: 480 }}>
          <p className="sp-t2">
            If you lose your phone, each of these codes signs you in once. They are shown only once.
          </p>
          <RecoveryCodes codes={codes} kept="I have saved them" onKept={rest} />
        </div>
      )}
      <RemoveSecondFactor opened={step === 'remove'} onClose={rest} />
    </section>
  );
}
