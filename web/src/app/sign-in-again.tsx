import { TextInput } from '@mantine/core';
import { session } from '@sallyport/contract';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { CODE_HINT, CodeField } from '../features/entry/code-field.tsx';
import { EntrySubmit } from '../features/entry/entry-submit.tsx';
import { PasswordField } from '../features/entry/password-field.tsx';
import { secondFactorAsked } from '../features/entry/second-factor-asked.ts';
import { interruptedSession } from '../lib/interrupted-session.ts';
import { queryClient } from '../lib/query-client.ts';
import { beginSession, endSession, meQuery, resumeSession } from '../lib/session.ts';
import { useChange } from '../lib/use-change.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { dismiss, toasts } from '../ui/toast-store.ts';
import { rememberFocus } from '../ui/use-focus-return.ts';
import { Covering } from './covering.tsx';

const title = 'Your session has ended';

/**
 * Stands over a page that holds something when the session has ended, and hides it. The page is kept as it is, so that
 * what was typed is there again for the person who typed it; for anybody else it is thrown away.
 */
export function SignInAgain() {
  const router = useRouter();
  const before = useRef(queryClient.getQueryData(meQuery.queryKey)).current;
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  // Before the field of the password takes it.
  const [giveFocusBack] = useState(rememberFocus);
  useEffect(() => giveFocusBack, [giveFocusBack]);
  const leave = () => {
    interruptedSession.over();
    endSession();
    void router.navigate({ to: '/signin' });
  };
  const signIn = useChange(session.signIn, {
    onDone: (me) => {
      if (resumeSession(me)) return;
      interruptedSession.over();
      for (const { id } of toasts.read()) dismiss(id);
      beginSession(me);
      router.history.push('/');
    },
  });
  const second = secondFactorAsked(signIn.error) || code !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({
      body: { email: before?.person.email ?? '', password, ...(second ? { secondFactor: code.trim() } : {}) },
    });
  };
  return (
    <Covering title={title}>
      <form onSubmit={submit} className="sp-box sp-fields">
        <div className="sp-box-head">
          <Mark size={34} />
          <h1>{title}</h1>
          <p className="sp-t3">Sign in again. What you typed is kept.</p>
        </div>
        <TextInput
          size="lg"
          label="Email"
          value={before?.person.email ?? ''}
          readOnly
          autoComplete="username"
        />
        <PasswordField size="lg" label="Password" value={password} onValue={setPassword} autoFocus />
        {second && <CodeField size="lg" description={CODE_HINT} value={code} onValue={setCode} autoFocus />}
        <EntrySubmit sent={signIn} busy="Signing in…">
          Sign in
        </EntrySubmit>
        <Button tone="ghost" block onClick={leave}>
          Leave this page
        </Button>
      </form>
    </Covering>
  );
}
