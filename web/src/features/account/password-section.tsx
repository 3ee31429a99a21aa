import { contract } from '@sallyport/contract';
import { type FormEvent, useState } from 'react';
import { useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { notify } from '../../ui/toast-store.ts';
import { NewPasswordField } from '../entry/new-password-field.tsx';
import { PasswordField } from '../entry/password-field.tsx';
import '../entry/entry.css';

/** Changes the password; every other session ends. */
export function PasswordSection() {
  const me = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [opened, setOpened] = useState(false);
  // The button that comes back has the keys of the form that went.
  const [left, setLeft] = useState(false);
  const done = () => {
    setOpened(false);
    setLeft(true);
    setCurrent('');
    setNext('');
  };
  const change = useChange(contract.identity.changePassword, {
    refreshes: [contract.identity.listMySessions],
    onDone: () => {
      done();
      notify({
        tone: 'ok',
        title: 'Your password was changed',
        text: 'You were signed out everywhere else.',
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ body: { current, next } });
  };
  return (
    <section aria-label="Password">
      <h2>Password</h2>
      {!opened ? (
        <>
          <p className="sp-t2" style={{ marginBottom: 12 }}>
            Changing it signs you out everywhere else.
          </p>
          <Button autoFocus={left} onClick={() => setOpened(true)}>
            Change password
          </Button>
        </>
      ) : (
        <form onSubmit={submit} className="sp-form">
          <input type="hidden" autoComplete="username" value={me.person.email} readOnly />
          <PasswordField
            label="Current password"
            reveal="Show current password"
            value={current}
            onValue={setCurrent}
            autoFocus
          />
          <NewPasswordField
            label="New password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <FailureNote error={change.error} />
          <div className="sp-row">
            <Button type="submit" tone="primary" busy={change.isPending && 'Changing…'}>
              Change password
            </Button>
            <Button tone="ghost" onClick={done}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
