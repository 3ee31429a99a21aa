import { Radio, TagsInput, TextInput } from '@mantine/core';
import { type AppRow, contract } from '@sallyport/contract';
import { useState } from 'react';
import { fieldErrors } from '../../lib/explain-error.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { notify } from '../../ui/toast-store.ts';

interface AppSettingsDialogProps {
  readonly app: AppRow;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** An app's name, its address, and who may open it. */
export function AppSettingsDialog({ app, opened, onClose }: AppSettingsDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title={app.name}>
      <AppSettingsForm app={app} onClose={onClose} />
    </FormDialog>
  );
}

function AppSettingsForm({ app, onClose }: Omit<AppSettingsDialogProps, 'opened'>) {
  const [values, setValues] = useState(app);
  const change = useChange(contract.apps.changeApp, {
    refreshes: [contract.apps.listApps],
    onDone: (saved) => {
      onClose();
      notify({ tone: 'ok', title: `${saved.name} is saved` });
    },
  });
  const { name, slug, audience } = values;
  const errors = fieldErrors(change.error);
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
        description={`${location.origin}/a/${slug}`}
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
        label="Who may open it"
        description="Builders and admins always may."
        value={audience.everyone ? 'everyone' : 'groups'}
        onChange={(value) =>
          setValues({ ...values, audience: { ...audience, everyone: value === 'everyone' } })
        }
      >
        <div className="sp-col sp-g6" style={{ marginTop: 8 }}>
          <Radio value="everyone" label="Everyone in the organization" />
          <Radio value="groups" label="People in these groups" />
        </div>
      </Radio.Group>
      {!audience.everyone && (
        <TagsInput
          label="Groups"
          value={audience.groups}
          onChange={(groups) => setValues({ ...values, audience: { ...audience, groups } })}
          maxTags={50}
          placeholder={audience.groups.length === 0 ? 'Type a group, then Enter' : ''}
        />
      )}
    </DialogForm>
  );
}
