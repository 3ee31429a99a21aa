import '../features/entry/entry.css';
import { PasswordInput, TextInput } from '@mantine/core';
import { session } from '@sallyport/contract';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { rememberCsrfToken } from '../lib/api.ts';
import { ApiProblem } from '../lib/api-problem.ts';
import { endedSession } from '../lib/ended-session.ts';
import { explainError } from '../lib/explain-error.ts';
import { queryClient } from '../lib/query-client.ts';
import { beginSession, endSession, meQuery } from '../lib/session.ts';
import { useChange } from '../lib/use-change.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { Note } from '../ui/note.tsx';
import { dismiss, toasts } from '../ui/toast-store.ts';

const factorAsked = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'second_factor_required';

/**
 * Stands over an app or the builder when the session has ended, and hides it. The page below is kept as it is, so that
 * what was typed is there again for the person who typed it; for anybody else it is thrown away.
 */
export function SignInAgain() {
  const router = useRouter();
  const before = useRef(queryClient.getQueryData(meQuery.queryKey)).current;
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    place.current?.showModal();
    place.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
  }, []);
  const leave = () => {
    endedSession.over();
    endSession();
    void router.navigate({ to: '/signin' });
  };
  const signIn = useChange(session.signIn, {
    onDone: (me) => {
      endedSession.over();
      // They say that nobody is signed in.
      for (const { id } of toasts.read()) dismiss(id);
      if (before && me.person.id === before.person.id && me.organization.id === before.organization.id) {
        rememberCsrfToken(me.csrfToken);
        queryClient.setQueryData(meQuery.queryKey, me);
        void queryClient.invalidateQueries();
      } else {
        beginSession(me);
        router.history.push('/');
      }
    },
  });
  const second = factorAsked(signIn.error) || code !== '';
  const failure = signIn.error && !factorAsked(signIn.error) ? explainError(signIn.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (signIn.isPending) return;
    signIn.mutate({
      body: { email: before?.person.email ?? '', password, ...(second ? { secondFactor: code.trim() } : {}) },
    });
  };
  return (
    <dialog
      ref={place}
      className="sp-again"
      aria-labelledby="sp-again"
      onCancel={(event) => event.preventDefault()}
    >
      <form onSubmit={submit} className="sp-box sp-fields">
        <div className="sp-box-head">
          <Mark size={34} />
          <h1 id="sp-again">Your session has ended</h1>
          <p className="sp-t3">Sign in again. What you typed is kept.</p>
        </div>
        <TextInput
          size="lg"
          label="E-mail"
          value={before?.person.email ?? ''}
          readOnly
          autoComplete="username"
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
          autoFocus
          maxLength={200}
        />
        {second && (
          <TextInput
            size="lg"
            label="Code"
            description="Six digits of your authenticator app, or a recovery code."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            autoFocus
            required
            withAsterisk={false}
            maxLength={20}
          />
        )}
        {failure && (
          <div role="alert">
            <Note tone="bad" title={failure.title}>
              {failure.next}
            </Note>
          </div>
        )}
        <Button type="submit" tone="primary" size="lg" block busy={signIn.isPending && 'Signing in…'}>
          Sign in
        </Button>
        <Button tone="ghost" block onClick={leave}>
          Leave this page
        </Button>
      </form>
    </dialog>
  );
}
