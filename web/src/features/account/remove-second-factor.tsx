import { Modal } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { meQuery } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { notify } from '../../ui/toast-store.ts';
import { CodeField } from '../entry/code-field.tsx';
import { PasswordField } from '../entry/password-field.tsx';

/** Turns the second step off, with both of what it protects. */
export function RemoveSecondFactor({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const remove = useChange(contract.identity.removeSecondFactor, {
    onDone: () => {
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      onClose();
      notify({
        tone: 'warn',
        title: 'The second step is off',
        text: 'Your password alone opens your account.',
      });
    },
  });
  const { reset } = remove;
  useEffect(() => {
    if (!opened) return;
    setPassword('');
    setCode('');
    reset();
  }, [opened, reset]);
  const failure = remove.error ? explainError(remove.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!remove.isPending) remove.mutate({ body: { password, code: code.trim() } });
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Turn the second step off?" withCloseButton={false}>
      <form onSubmit={submit} className="sp-col sp-g12">
        <p className="sp-t2">Your password alone will open your account. The recovery codes end.</p>
        <PasswordField label="Your password" value={password} onValue={setPassword} data-autofocus />
        <CodeField label="Code, or a recovery code" value={code} onValue={setCode} />
        {failure && (
          <Note tone="bad" title={failure.title}>
            {failure.next}
          </Note>
        )}
        <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger-fill" busy={remove.isPending && 'Turning off…'}>
            Turn it off
          </Button>
        </div>
      </form>
    </Modal>
  );
}
