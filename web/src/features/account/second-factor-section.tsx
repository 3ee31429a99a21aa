import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meQuery, useMe } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
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
  const [codes, setCodes] = useState<readonly string[]>([]);
  const rest = () => {
    setStep('rest');
    setLeft(true);
    setPassword('');
    setCodes([]);
  };
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    setStep('scan');
  };
  return (
    <section aria-label="Second step">
      <h2 className="sp-row">
        Second step
        {me.secondFactor && (
          <span className="sp-ok sp-row sp-g4 sp-sm">
            <IconCheck size={14} stroke={2} aria-hidden="true" />
            on
          </span>
        )}
      </h2>
      {step === 'rest' && (
        <>
          <p className="sp-t2" style={{ marginBottom: 12 }}>
            {me.secondFactor
              ? 'A code of your authenticator app is asked for at each sign-in.'
              : 'With it, a stolen password alone opens nothing. You need an authenticator app on your phone.'}
          </p>
          {me.secondFactor ? (
            <Button tone="danger" autoFocus={left} onClick={() => setStep('remove')}>
              Turn it off…
            </Button>
          ) : (
            <Button tone="primary" autoFocus={left} onClick={() => setStep('password')}>
              Set it up
            </Button>
          )}
        </>
      )}
      {step === 'password' && (
        <form onSubmit={confirm} className="sp-form">
          <PasswordField label="Your password" value={password} onValue={setPassword} autoFocus />
          <div className="sp-row">
            <Button type="submit" tone="primary">
              Go on
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
            Each of these codes opens your account once when the phone is gone. They are shown now and never
            again.
          </p>
          <RecoveryCodes codes={codes} kept="I have kept them" onKept={rest} />
        </div>
      )}
      <RemoveSecondFactor opened={step === 'remove'} onClose={rest} />
    </section>
  );
}
