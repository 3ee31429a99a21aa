import { Modal, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { type ConstantRow, contract } from '@sallyport/contract';
import { type FormEvent, useEffect, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { revealButton } from '../../ui/reveal-button.ts';
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
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [secret, setSecret] = useState(false);
  const save = useChange(contract.gateway.setConstant, {
    refreshes: [contract.gateway.listConstants],
    onDone: (saved) => {
      onClose();
      notify({
        tone: 'ok',
        title: `${saved.name} is set`,
        ...(saved.secret ? { text: 'Its value is sealed.' } : {}),
      });
    },
  });
  const { reset } = save;
  useEffect(() => {
    if (constant === undefined) return;
    setName(known?.name ?? '');
    setValue(known?.value ?? '');
    setSecret(known?.secret ?? false);
    reset();
  }, [constant, known, reset]);
  const wrong = name !== '' && !/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name);
  const failure = save.error ? explainError(save.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong && !save.isPending) save.mutate({ params: { name }, body: { value, secret } });
  };
  return (
    <Modal
      opened={constant !== undefined}
      onClose={onClose}
      title={known ? `Change ${known.name}` : 'Add a constant'}
      withCloseButton={false}
    >
      <form onSubmit={submit} className="sp-col sp-g12">
        {!known && (
          <TextInput
            label="Name"
            value={name}
            error={wrong && 'Letters, digits and _, not starting with a digit.'}
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
          description="Sealed, and not shown here again. Only queries use it; who writes one could have it answer the value."
          checked={secret}
          disabled={known?.secret === true}
          onChange={(event) => setSecret(event.currentTarget.checked)}
        />
        {secret ? (
          <PasswordInput
            label={known?.secret ? 'New value' : 'Value'}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            autoComplete="new-password"
            visibilityToggleButtonProps={revealButton('Show the value')}
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
        {failure && (
          <Note tone="bad" title={failure.title}>
            {failure.detail} {failure.next}
          </Note>
        )}
        <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={save.isPending && (secret ? 'Sealing…' : 'Saving…')}>
            {known ? 'Change' : 'Add'} the constant
          </Button>
        </div>
      </form>
    </Modal>
  );
}
