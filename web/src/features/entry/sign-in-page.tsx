import { TextInput } from '@mantine/core';
import { type Me, session, setup } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { reading } from '../../lib/reading.ts';
import { safeReturn } from '../../lib/return-address.ts';
import { beginSession, checkSessionKept } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { hasBeenTold, mustBeTold } from '../account/second-factor-told.ts';
import { CODE_HINT, CodeField } from './code-field.tsx';
import { EntryBox } from './entry-box.tsx';
import { EntrySubmit } from './entry-submit.tsx';
import { PasswordField } from './password-field.tsx';
import { secondFactorAsked } from './second-factor-asked.ts';
import { SecondFactorRemoved } from './second-factor-removed.tsx';

const route = getRouteApi('/signin');

/** Sign-in: email and password, then the second step where the account has one. */
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
    onDone: async (me) => {
      await checkSessionKept();
      beginSession(me);
      if (mustBeTold(me)) setTold(me);
      else goOn();
    },
    onRefused: (error) => {
      if (secondFactorAsked(error)) setSecond(true);
      else if (second) setCode('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
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
  return (
    <EntryBox title={second ? 'Two-factor authentication' : 'Sign in'}>
      <form onSubmit={submit} className="sp-fields">
        {waiting.data?.needed && (
          <Note tone="accent" title="This installation has no owner yet.">
            Open the setup link that the server printed when it started.
          </Note>
        )}
        {search.return && !second && <p className="sp-t2">Sign in to continue.</p>}
        {second ? (
          <CodeField
            // A code that was refused is gone, and the next is typed in the same place.
            key={signIn.submittedAt}
            size="lg"
            description={`${CODE_HINT} Lost both? An admin can remove two-factor authentication from your account.`}
            value={code}
            onValue={setCode}
            autoFocus
          />
        ) : (
          <>
            <TextInput
              size="lg"
              type="email"
              label="Email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              autoComplete="username"
              autoFocus
              required
              withAsterisk={false}
              maxLength={254}
            />
            <PasswordField size="lg" label="Password" value={password} onValue={setPassword} />
          </>
        )}
        <EntrySubmit sent={signIn} busy={second ? 'Checking…' : 'Signing in…'}>
          {second ? 'Continue' : 'Sign in'}
        </EntrySubmit>
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
            Forgot your password? An admin of your organization can give you a reset link. If you are the only
            owner, run this on the server: <code className="sp-mono">npx sallyport recover</code>.
          </p>
        )}
      </form>
    </EntryBox>
  );
}
