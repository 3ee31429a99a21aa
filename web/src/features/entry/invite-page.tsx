import { PasswordInput, TextInput } from '@mantine/core';
import { invitations } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../lib/api.ts';
import { ApiProblem } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { beginSession } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Note } from '../../ui/note.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { EntryBox } from './entry-box.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { useCountdown } from './use-countdown.ts';
import { waitSeconds } from './wait-seconds.ts';

const route = getRouteApi('/invite');
const roles = {
  owner: 'an owner, who can do everything',
  admin: 'an admin, who looks after people and sources',
  builder: 'a builder, who makes apps',
  member: 'a member, who uses apps',
};

/** Takes up an invitation: a new person chooses a password, a known one gives theirs. */
export function InvitePage() {
  const { token = '' } = route.useSearch();
  const router = useRouter();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(invitations.readInvitation, { body: { token } }, { signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [second, setSecond] = useState(false);
  const accept = useChange(invitations.acceptInvitation, {
    onDone: (me) => {
      beginSession(me);
      router.history.push('/');
    },
    onRefused: (error) => {
      if (error instanceof ApiProblem && error.code === 'second_factor_required') setSecond(true);
    },
  });
  const left = useCountdown(waitSeconds(accept.error), accept.submittedAt);
  if (invitation.error) {
    return (
      <EntryBox title="This link does not open">
        <ErrorState error={invitation.error} />
      </EntryBox>
    );
  }
  if (!invitation.data) {
    return (
      <EntryBox title="Invitation">
        <SkeletonLines lines={5} />
      </EntryBox>
    );
  }
  const { organization, email, role, accountExists } = invitation.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (left > 0 || accept.isPending) return;
    accept.mutate({
      body: {
        token,
        password,
        ...(accountExists ? {} : { name }),
        ...(second ? { secondFactor: code.trim() } : {}),
      },
    });
  };
  const asked = accept.error instanceof ApiProblem && accept.error.code === 'second_factor_required';
  const failure = accept.error && !asked ? explainError(accept.error) : undefined;
  return (
    <EntryBox title={`Join ${organization}`} text={`as ${roles[role]}`}>
      <form onSubmit={submit} className="sp-fields">
        <TextInput
          size="lg"
          label="E-mail"
          value={email}
          readOnly
          autoComplete="username"
          description="The invitation is for this address."
          inputWrapperOrder={['label', 'input', 'description']}
        />
        {!accountExists && (
          <TextInput
            size="lg"
            label="Your name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={80}
            autoFocus
          />
        )}
        {accountExists ? (
          <PasswordInput
            size="lg"
            label="Your password"
            description="You have an account here already: give its password."
            inputWrapperOrder={['label', 'input', 'description']}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            required
            withAsterisk={false}
            autoFocus
          />
        ) : (
          <NewPasswordField
            size="lg"
            label="Choose a password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
        )}
        {second && (
          <TextInput
            size="lg"
            label="Code"
            description="Six digits of your authenticator app, or a recovery code."
            inputWrapperOrder={['label', 'input', 'description']}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            autoFocus
            required
            withAsterisk={false}
          />
        )}
        {failure && (
          <div role="alert">
            <Note tone={left > 0 ? 'warn' : 'bad'} title={failure.title}>
              {left > 0 ? `You can try again in ${left} s.` : (failure.detail ?? failure.next)}
            </Note>
          </div>
        )}
        <Button
          type="submit"
          tone="primary"
          size="lg"
          block
          busy={accept.isPending && 'Joining…'}
          disabledReason={left > 0 && `Wait ${left} s.`}
        >
          Join {organization}
        </Button>
      </form>
    </EntryBox>
  );
}
