import { Modal, TextInput } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';

export function NewAppDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useChange(contract.apps.createApp, {
    refreshes: [contract.apps.listApps],
    onDone: (app) => void navigate({ to: '/apps/$id/edit', params: { id: app.id } }),
  });
  const { reset } = create;
  useEffect(() => {
    if (!opened) return;
    setName('');
    reset();
  }, [opened, reset]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ body: { name } });
  };
  const failure = create.error ? explainError(create.error) : undefined;
  return (
    <Modal opened={opened} onClose={onClose} title="New app" withCloseButton={false}>
      <form onSubmit={submit}>
        <TextInput
          label="Name"
          placeholder="Support desk"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={failure && `${failure.title} ${failure.next}`}
          data-autofocus
          required
          withAsterisk={false}
          maxLength={80}
        />
        <div className="sp-row" style={{ marginTop: 16, justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={create.isPending && 'Creating…'}>
            Create the app
          </Button>
        </div>
      </form>
    </Modal>
  );
}
