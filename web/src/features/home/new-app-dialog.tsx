import { TextInput } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';

interface NewAppDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function NewAppDialog({ opened, onClose }: NewAppDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title="New app">
      <NewAppForm onClose={onClose} />
    </FormDialog>
  );
}

function NewAppForm({ onClose }: Pick<NewAppDialogProps, 'onClose'>) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useChange(contract.apps.createApp, {
    refreshes: [contract.apps.listApps],
    onDone: (app) => void navigate({ to: '/apps/$id/edit', params: { id: app.id } }),
  });
  return (
    <DialogForm
      submit="Create app"
      busy={create.isPending && 'Creating…'}
      error={create.error}
      onSubmit={() => create.mutate({ body: { name } })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        placeholder="Support desk"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
        required
        withAsterisk={false}
        maxLength={80}
      />
    </DialogForm>
  );
}
