import { account } from '@sallyport/contract';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { CodeField } from './code-field.tsx';
import { QrCode } from './qr-code.tsx';

interface SecondFactorStepsProps {
  readonly password: string;
  readonly large?: boolean;
  readonly onSkip?: () => void;
  /** Where the password can be typed again, that is where one goes on; elsewhere the same is tried once more. */
  readonly onRefused?: (error: unknown) => void;
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
}

/** Shows the secret as a code to scan, and turns the second step on with a first code from the app. */
export function SecondFactorSteps({
  password,
  large,
  onSkip,
  onRefused,
  onConfirmed,
}: SecondFactorStepsProps) {
  const [code, setCode] = useState('');
  const begin = useChange(account.beginSecondFactor, onRefused && { onRefused });
  const confirm = useChange(account.confirmSecondFactor, {
    onDone: (answer) => onConfirmed(answer.recoveryCodes),
  });
  const begun = useRef(false);
  const start = begin.mutate;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    start({ body: { password } });
  }, [start, password]);
  if (begin.error) return <ErrorState error={begin.error} retry={() => start({ body: { password } })} />;
  if (!begin.data) return <SkeletonLines lines={5} />;
  const size = large ? 'lg' : 'md';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate({ body: { code: code.trim() } });
  };
  return (
    <form onSubmit={submit} className="sp-fields">
      <div className="sp-qr">
        <QrCode text={begin.data.uri} label="QR code of the secret key" />
        <div className="sp-grow">
          <p className="sp-t2">Scan this code with your authenticator app, or enter this key:</p>
          <div style={{ marginTop: 8 }}>
            <CopyField text={begin.data.secret} label="Copy key" />
          </div>
        </div>
      </div>
      <CodeField
        size={size}
        label="Code from the app"
        value={code}
        onValue={setCode}
        error={
          confirm.error
            ? `${explainError(confirm.error).title} ${explainError(confirm.error).next}`
            : undefined
        }
        inputMode="numeric"
        autoFocus
      />
      <div className="sp-row">
        <Button type="submit" tone="primary" size={size} busy={confirm.isPending && 'Checking…'}>
          Turn on
        </Button>
        {onSkip && (
          <Button tone="ghost" size={size} onClick={onSkip}>
            Later
          </Button>
        )}
      </div>
    </form>
  );
}
