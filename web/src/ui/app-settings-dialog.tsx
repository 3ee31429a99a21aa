import { Radio, TagsInput, TextInput } from '@mantine/core';
import { type AppRow, contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldErrors } from '../lib/explain-error.ts';
import { may, useMe } from '../lib/session.ts';
import { useChange } from '../lib/use-change.ts';
import { allPeople } from '../lib/whole-lists.ts';
import { CopyButton } from './copy-button.tsx';
import { DialogForm, FormDialog } from './form-dialog.tsx';
import { notify } from './toast-store.ts';

interface AppSettingsDialogProps {
  readonly app: AppRow;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSaved?: (app: AppRow) => void;
}

/** An app's name, its address, and who may open it. */
export function AppSettingsDialog({ opened, ...of }: AppSettingsDialogProps) {
  return (
    <FormDialog opened={opened} onClose={of.onClose} title={of.app.name}>
      <AppSettingsForm {...of} />
    </FormDialog>
  );
}

function AppSettingsForm({ app, onClose, onSaved }: Omit<AppSettingsDialogProps, 'opened'>) {
  const me = useMe();
  const [values, setValues] = useState(app);
  const people = useQuery({
    ...allPeople(),
    enabled: may(me, contract.identity.listPeople),
    retry: false,
  });
  const known = new Set([...me.groups, ...(people.data?.items ?? []).flatMap((person) => person.groups)]);
  const change = useChange(contract.apps.changeApp, {
    refreshes: [contract.apps.listApps],
    onDone: (saved) => {
      onSaved?.(saved);
      onClose();
      notify({ tone: 'ok', title: `${saved.name} was saved` });
    },
  });
  const { name, slug, audience } = values;
  const errors = fieldErrors(change.error);
  const address = `${location.origin}/a/${app.slug}`;
  return (
    <DialogForm
      submit="Save"
      busy={change.isPending && 'Saving…'}
      error={errors.name || errors.slug ? undefined : change.error}
      onSubmit={() => change.mutate({ params: { id: app.id }, body: { name, slug, audience } })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        error={errors.name}
        onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={80}
        data-autofocus
      />
      <TextInput
        label="Address"
        // As it is now, it stands below as a link.
        description={app.release !== null && slug === app.slug ? undefined : `${location.origin}/a/${slug}`}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={slug}
        error={errors.slug}
        onChange={(event) => setValues({ ...values, slug: event.currentTarget.value.toLowerCase() })}
        required
        withAsterisk={false}
        maxLength={48}
        styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
      />
      <Radio.Group
        label="Who can open it"
        description="Builders and admins can always open it."
        value={audience.everyone ? 'everyone' : 'groups'}
        onChange={(value) =>
          setValues({ ...values, audience: { ...audience, everyone: value === 'everyone' } })
        }
      >
        <div className="sp-col sp-g6" style={{ marginTop: 8 }}>
          <Radio value="everyone" label={`Everyone in ${me.organization.name}`} />
          <Radio value="groups" label="People in these groups" />
        </div>
      </Radio.Group>
      {!audience.everyone && (
        <TagsInput
          label="Groups"
          data={[...known].sort()}
          value={audience.groups}
          onChange={(groups) => setValues({ ...values, audience: { ...audience, groups } })}
          maxTags={50}
          placeholder={audience.groups.length === 0 ? 'Type a group, then press Enter' : ''}
        />
      )}
      {app.release === null ? (
        <p className="sp-hint">Not published yet. Members cannot open it until you publish.</p>
      ) : (
        <div className="sp-row">
          <a href={`/a/${app.slug}`} target="_blank" rel="noopener" className="sp-mono sp-cut">
            {address}
          </a>
          <CopyButton text={address} label="Copy address" />
        </div>
      )}
    </DialogForm>
  );
}
