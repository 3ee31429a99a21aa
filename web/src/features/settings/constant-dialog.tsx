import { Switch, Textarea, TextInput } from '@mantine/core';
import { type ConstantRow, contract } from '@sallyport/contract';
import { useState } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';
import { notify } from '../../ui/toast-store.ts';

/** Sets a constant: a new one, or another value for one that exists. */
export function ConstantDialog({
  constant,
  onClose,
}: {
  readonly constant: ConstantRow | 'new' | undefined;
  readonly onClose: () => void;
}) {
  const known = constant === 'new' ? undefined : constant;
  return (
    <FormDialog
      opened={constant !== undefined}
      onClose={onClose}
      title={known ? `Change ${known.name}` : 'Add a constant'}
    >
      <ConstantForm known={known} onClose={onClose} />
    </FormDialog>
  );
}

function ConstantForm({
  known,
  onClose,
}: {
  readonly known: ConstantRow | undefined;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(known?.name ?? '');
  const [value, setValue] = useState(known?.value ?? '');
  const [secret, setSecret] = useState(known?.secret ?? false);
  const save = useChange(contract.gateway.setConstant, {
    refreshes: [contract.gateway.listConstants],
    onDone: (saved) => {
      onClose();
      notify({
        tone: 'ok',
        title: `${saved.name} was saved`,
        ...(saved.secret ? { text: 'Its value is encrypted.' } : {}),
      });
    },
  });
  const wrong = name !== '' && !/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name);
  const submit = () => {
    if (!wrong) save.mutate({ params: { name }, body: { value, secret } });
  };
  return (
    <DialogForm
      submit={`${known ? 'Change' : 'Add'} constant`}
      busy={save.isPending && (secret ? 'Sealing…' : 'Saving…')}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {!known && (
        <TextInput
          label="Name"
          value={name}
          error={wrong && 'Use letters, digits and _. Do not start with a digit.'}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          withAsterisk={false}
          spellCheck={false}
          data-autofocus
          styles={{ input: { fontFamily: 'var(--sp-mono)', fontSize: 12.5 } }}
        />
      )}
      <Switch
        label="Secret"
        description="Encrypted and never shown here again. Only queries can use it, but anyone who can write a query can read it that way."
        checked={secret}
        disabled={known?.secret === true}
        onChange={(event) => setSecret(event.currentTarget.checked)}
      />
      {secret ? (
        <SecretInput
          label={known?.secret ? 'New value' : 'Value'}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          autoComplete="new-password"
          reveal="Show the value"
          required
          withAsterisk={false}
          maxLength={10_000}
        />
      ) : (
        <Textarea
          label="Value"
          autosize
          minRows={1}
          maxRows={8}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          maxLength={10_000}
          styles={{ input: { fontFamily: 'var(--sp-mono)', fontSize: 12.5 } }}
        />
      )}
    </DialogForm>
  );
}
