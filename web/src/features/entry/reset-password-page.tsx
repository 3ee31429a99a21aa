import { TextInput } from '@mantine/core';
import { resets } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../lib/api.ts';
import { endSession } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { EntryBox } from './entry-box.tsx';
import { EntrySubmit } from './entry-submit.tsx';
import { NewPasswordField } from './new-password-field.tsx';

const route = getRouteApi('/reset-password');

/** Chooses a new password by a link. It signs nobody in: that goes on as always, with the second step. */
export function ResetPasswordPage() {
  const { token = '' } = route.useSearch();
  const [done, setDone] = useState(false);
  const link = useQuery({
    queryKey: ['passwordReset', token],
    queryFn: ({ signal }) => call(resets.readPasswordReset, { body: { token } }, { signal }),
    // Once used, it is not asked for again.
    enabled: !done,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [password, setPassword] = useState('');
  const choose = useChange(resets.resetPassword, {
    onDone: () => {
      setDone(true);
      // Who was signed in here as this person is not any more.
      endSession();
    },
  });
  if (done)
    return (
      <EntryBox title="Your password was changed">
        <div className="sp-fields">
          <p className="sp-t2">You were signed out everywhere. Sign in with your new password.</p>
          <LinkButton to="/signin" tone="primary" size="lg" block>
            Sign in
          </LinkButton>
        </div>
      </EntryBox>
    );
  if (link.error)
    return (
      <EntryBox title="This link does not work">
        <ErrorState error={link.error} />
        <LinkButton to="/signin" size="lg" block>
          Go to sign in
        </LinkButton>
      </EntryBox>
    );
  if (!link.data)
    return (
      <EntryBox title="New password">
        <SkeletonLines lines={4} />
      </EntryBox>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate({ body: { token, password } });
  };
  return (
    <EntryBox title="Choose a new password" text={`for ${link.data.name}`}>
      <form onSubmit={submit} className="sp-fields">
        <TextInput size="lg" label="Email" value={link.data.email} readOnly autoComplete="username" />
        <NewPasswordField
          size="lg"
          label="New password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
          withAsterisk={false}
          autoFocus
        />
        <EntrySubmit sent={choose} busy="Changing…">
          Change password
        </EntrySubmit>
      </form>
    </EntryBox>
  );
}
