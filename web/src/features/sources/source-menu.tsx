import { Menu, Modal, Radio, TextInput } from '@mantine/core';
import { contract, type SourceView } from '@sallyport/contract';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { figure } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Note } from '../../ui/note.tsx';
import { notify } from '../../ui/toast-store.ts';

/** Rename, change the mode, remove. */
export function SourceMenu({
  source,
  disabledReason,
}: {
  readonly source: SourceView;
  readonly disabledReason: string | false;
}) {
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const remove = useChange(contract.sources.removeSource, {
    refreshes: [contract.sources.listSources],
    onDone: () => {
      notify({ tone: 'ok', title: `${source.name} is removed`, text: 'Its credentials are destroyed.' });
      void navigate({ to: '/sources' });
    },
  });
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <IconButton label={`More about ${source.name}`} icon={<IconDots size={16} stroke={1.75} />} />
        </Menu.Target>
        <Menu.Dropdown>
          {disabledReason && <Menu.Label>{disabledReason}</Menu.Label>}
          <Menu.Item disabled={Boolean(disabledReason)} onClick={() => setEditing(true)}>
            Name and mode…
          </Menu.Item>
          <Menu.Item
            disabled={Boolean(disabledReason)}
            color="var(--sp-bad)"
            onClick={() => setRemoving(true)}
          >
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameAndMode source={source} opened={editing} onClose={() => setEditing(false)} />
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${source.name}?`}
        confirm={`Remove ${source.name}`}
        name={source.name}
        busy={remove.isPending && 'Removing…'}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: source.id } })}
      >
        <AppsThatStop sourceId={source.id} /> Its credentials are destroyed now; the audit log keeps its
        records.
      </ConfirmDialog>
    </>
  );
}

/** Names are few enough to read; of the rest, how many there are. */
const NAMED = 8;

function AppsThatStop({ sourceId }: { readonly sourceId: string }) {
  const apps = useQuery({
    ...reading(contract.apps.listApps, { query: { source: sourceId } }),
    // Whoever removes it must see who uses it now.
    staleTime: 0,
  });
  const names = apps.data?.items.map((app) => app.name);
  if (names?.length === 0) return 'No app uses it.';
  if (names === undefined) return 'Apps that use it stop working.';
  const listed = [
    ...names.slice(0, NAMED),
    ...(names.length > NAMED ? [`${figure(names.length - NAMED)} more`] : []),
  ];
  return (
    <>
      {names.length === 1 ? '1 app uses it and stops' : `${figure(names.length)} apps use it and stop`}{' '}
      working: <strong>{new Intl.ListFormat('en').format(listed)}</strong>.
    </>
  );
}

function NameAndMode({
  source,
  opened,
  onClose,
}: {
  readonly source: SourceView;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(source.name);
  const [mode, setMode] = useState(source.mode);
  const change = useChange(contract.sources.changeSource, {
    refreshes: [contract.sources.listSources, contract.sources.getSource],
    onDone: (saved) => {
      onClose();
      notify({ tone: 'ok', title: `${saved.name} is changed` });
    },
  });
  const { reset } = change;
  useEffect(() => {
    if (!opened) return;
    setName(source.name);
    setMode(source.mode);
    reset();
  }, [opened, source, reset]);
  const failure = change.error ? explainError(change.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ params: { id: source.id }, body: { name, mode } });
  };
  return (
    <Modal opened={opened} onClose={onClose} title={source.name} withCloseButton={false}>
      <form onSubmit={submit} className="sp-col sp-g12">
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={80}
          data-autofocus
        />
        <Radio.Group
          label="What may Sallyport do there?"
          value={mode}
          onChange={(value) => setMode(value === 'read' ? 'read' : 'read-write')}
        >
          <div className="sp-col sp-g6" style={{ marginTop: 6 }}>
            <Radio value="read-write" label="Read and write" />
            <Radio value="read" label="Read only: every write is refused before it leaves" />
          </div>
        </Radio.Group>
        {failure && (
          <Note tone="bad" title={failure.title}>
            {failure.next}
          </Note>
        )}
        <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={change.isPending && 'Saving…'}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
