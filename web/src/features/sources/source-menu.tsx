import { Menu, TextInput } from '@mantine/core';
import { contract, type SourceView } from '@sallyport/contract';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { figure } from '../../lib/number.ts';
import { useChange } from '../../lib/use-change.ts';
import { allApps } from '../../lib/whole-lists.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { notify } from '../../ui/toast-store.ts';
import { ModeField } from './mode-field.tsx';

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
      notify({ tone: 'ok', title: `${source.name} was removed`, text: 'Its credentials were deleted.' });
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
      <FormDialog opened={editing} onClose={() => setEditing(false)} title={source.name}>
        <NameAndMode source={source} onClose={() => setEditing(false)} />
      </FormDialog>
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
        <AppsThatStop sourceId={source.id} /> Its credentials are deleted now. The audit log keeps its
        records.
      </ConfirmDialog>
    </>
  );
}

/** Names are few enough to read; of the rest, how many there are. */
const NAMED = 8;

function AppsThatStop({ sourceId }: { readonly sourceId: string }) {
  const apps = useQuery({
    ...allApps({ source: sourceId }),
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

function NameAndMode({ source, onClose }: { readonly source: SourceView; readonly onClose: () => void }) {
  const [name, setName] = useState(source.name);
  const [mode, setMode] = useState(source.mode);
  const change = useChange(contract.sources.changeSource, {
    refreshes: [contract.sources.listSources, contract.sources.getSource],
    onDone: (saved) => {
      onClose();
      notify({ tone: 'ok', title: `${saved.name} was changed` });
    },
  });
  return (
    <DialogForm
      submit="Save"
      busy={change.isPending && 'Saving…'}
      error={change.error}
      onSubmit={() => change.mutate({ params: { id: source.id }, body: { name, mode } })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={80}
        data-autofocus
      />
      <ModeField mode={mode} onChange={setMode} />
    </DialogForm>
  );
}
