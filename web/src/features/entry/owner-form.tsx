import { TextInput } from '@mantine/core';
import { setup } from '@sallyport/contract';
import { IconArrowRight } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { fieldErrors } from '../../lib/explain-error.ts';
import { beginSession } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { NewPasswordField } from './new-password-field.tsx';

/** The owner and the first organization. */
export function OwnerForm({
  token,
  onCreated,
}: {
  readonly token: string;
  readonly onCreated: (password: string) => void;
}) {
  const [values, setValues] = useState({ organization: '', name: '', email: '', password: '' });
  const create = useChange(setup.completeSetup, {
    onDone: (me) => {
      beginSession(me);
      onCreated(values.password);
    },
  });
  const errors = fieldErrors(create.error);
  const field = (name: keyof typeof values) => ({
    size: 'lg',
    required: true,
    withAsterisk: false,
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ body: { token, ...values } });
  };
  return (
    <form onSubmit={submit}>
      <h1 className="sp-big">Create owner</h1>
      <p className="sp-t2 sp-lead">
        The owner can do everything, and everything they do is recorded. You can add more owners later.
      </p>
      <div className="sp-fields">
        <TextInput
          {...field('organization')}
          label="Organization"
          autoComplete="organization"
          maxLength={80}
          autoFocus
        />
        <TextInput {...field('name')} label="Your name" autoComplete="name" maxLength={80} />
        <TextInput {...field('email')} type="email" label="Email" autoComplete="username" maxLength={254} />
        <NewPasswordField {...field('password')} label="Password" maxLength={200} />
        <FailureNote error={create.error} atFields />
      </div>
      <div className="sp-row" style={{ marginTop: 24 }}>
        <Button type="submit" tone="primary" size="lg" busy={create.isPending && 'Creating…'}>
          Create owner
          <IconArrowRight size={16} stroke={1.75} aria-hidden="true" />
        </Button>
        <span className="sp-t3 sp-sm sp-end">Next: two-factor authentication</span>
      </div>
    </form>
  );
}
