import { PasswordInput, TextInput } from '@mantine/core';
import { type Me, session, setup } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { reading } from '../../lib/reading.ts';
import { safeReturn } from '../../lib/return-address.ts';
import { beginSession } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { hasBeenTold, mustBeTold } from '../account/second-factor-told.ts';
import { EntryBox } from './entry-box.tsx';
import { SecondFactorRemoved } from './second-factor-removed.tsx';
import { useCountdown } from './use-countdown.ts';
import { waitSeconds } from './wait-seconds.ts';

const route = getRouteApi('/signin');
const factorAsked = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'second_factor_required';

/** Sign-in: e-mail and password, then the second step where the account has one. */
export function SignInPage() {
  const search = route.useSearch();
  const router = useRouter();
  const waiting = useQuery(reading(setup.getSetup));
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [second, setSecond] = useState(false);
  const [told, setTold] = useState<Me>();
  const goOn = () => router.history.push(safeReturn(search.return));
  const signIn = useChange(session.signIn, {
    onDone: (me) => {
      beginSession(me);
      if (mustBeTold(me)) setTold(me);
      else goOn();
    },
    onRefused: (error) => {
      if (factorAsked(error)) setSecond(true);
      else if (second) setCode('');
    },
  });
  const left = useCountdown(waitSeconds(signIn.error), signIn.submittedAt);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (left > 0 || signIn.isPending) return;
    signIn.mutate({ body: { email, password, ...(second ? { secondFactor: code.trim() } : {}) } });
  };
  if (told?.secondFactorResetAt) {
    return (
      <SecondFactorRemoved
        at={told.secondFactorResetAt}
        onGoOn={() => {
          hasBeenTold(told);
          goOn();
        }}
      />
    );
  }
  const failure = signIn.error && !factorAsked(signIn.error) ? explainError(signIn.error) : undefined;
  return (
    <EntryBox title={second ? 'Second step' : 'Sign in'}>
      <form onSubmit={submit} className="sp-fields">
        {waiting.data?.needed && (
          <Note tone="accent" title="This installation waits for its owner.">
            Open the set-up link that the server printed when it started.
          </Note>
        )}
        {search.return && !second && <p className="sp-t2">Sign in to go on where you were.</p>}
        {second ? (
          <TextInput
            size="lg"
            label="Code"
            description="Six digits of your authenticator app, or a recovery code. Lost both? An admin can remove the second step."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            autoFocus
            required
            withAsterisk={false}
            minLength={6}
            maxLength={20}
            styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
          />
        ) : (
          <>
            <TextInput
              size="lg"
              type="email"
              label="E-mail"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              autoComplete="username"
              autoFocus
              required
              withAsterisk={false}
              maxLength={254}
            />
            <PasswordInput
              size="lg"
              label="Password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
              required
              withAsterisk={false}
              maxLength={200}
            />
          </>
        )}
        {failure && (
          <div role="alert">
            <Note tone={left > 0 ? 'warn' : 'bad'} title={failure.title}>
              {left > 0 ? `You can try again in ${left} s.` : failure.next}
            </Note>
          </div>
        )}
        <Button
          type="submit"
          tone="primary"
          size="lg"
          block
          busy={signIn.isPending && (second ? 'Checking…' : 'Signing in…')}
          disabledReason={left > 0 && `Wait ${left} s.`}
        >
          {second ? 'Go on' : 'Sign in'}
        </Button>
        {second ? (
          <Button
            tone="ghost"
            block
            onClick={() => {
              setSecond(false);
              setCode('');
              signIn.reset();
            }}
          >
            Use another account
          </Button>
        ) : (
          <p className="sp-hint" style={{ textAlign: 'center' }}>
            Forgot your password? An admin of your organization can give you a link to choose a new one. The
            last owner makes one on the server itself: <code className="sp-mono">sallyport recover</code>.
          </p>
        )}
      </form>
    </EntryBox>
  );
}
