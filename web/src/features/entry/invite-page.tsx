import { TextInput } from '@mantine/core';
import { invitations } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../lib/api.ts';
import { beginSession } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { CODE_HINT, CodeField } from './code-field.tsx';
import { EntryBox } from './entry-box.tsx';
import { EntrySubmit } from './entry-submit.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { PasswordField } from './password-field.tsx';
import { secondFactorAsked } from './second-factor-asked.ts';

const route = getRouteApi('/invite');
const roles = {
  owner: 'an owner, with full access',
  admin: 'an admin, to manage people and data sources',
  builder: 'a builder, to build apps',
  member: 'a member, to use apps',
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
      if (secondFactorAsked(error)) setSecond(true);
    },
  });
  if (invitation.error) {
    return (
      <EntryBox title="This link does not work">
        <ErrorState error={invitation.error} />
        <LinkButton to="/signin" size="lg" block>
          Go to sign in
        </LinkButton>
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
    accept.mutate({
      body: {
        token,
        password,
        ...(accountExists ? {} : { name }),
        ...(second ? { secondFactor: code.trim() } : {}),
      },
    });
  };
  return (
    <EntryBox title={`Join ${organization}`} text={`as ${roles[role]}`}>
      <form onSubmit={submit} className="sp-fields">
        <TextInput
          size="lg"
          label="Email"
          value={email}
          readOnly
          autoComplete="username"
          description="The invitation was sent for this address."
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
          <PasswordField
            size="lg"
            label="Your password"
            description="You already have an account here. Enter its password."
            value={password}
            onValue={setPassword}
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
        {second && <CodeField size="lg" description={CODE_HINT} value={code} onValue={setCode} autoFocus />}
        <EntrySubmit sent={accept} busy="Joining…">
          {`Join ${organization}`}
        </EntrySubmit>
      </form>
    </EntryBox>
  );
}
