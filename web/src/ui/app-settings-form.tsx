import { Radio, TagsInput, TextInput } from '@mantine/core';
import { type AppRow, contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { fieldErrors } from '../lib/explain-error.ts';
import { reading } from '../lib/reading.ts';
import { may, useMe } from '../lib/session.ts';
import { useChange } from '../lib/use-change.ts';
import { DialogForm } from './form-dialog.tsx';
import { notify } from './toast-store.ts';

interface AppSettingsFormProps {
  readonly app: AppRow;
  readonly onSaved?: (app: AppRow) => void;
  readonly onClose: () => void;
  /** Below the fields. */
  readonly children?: ReactNode;
}

/** An app's name, its address, and who may open it. */
export function AppSettingsForm({ app, onSaved, onClose, children }: AppSettingsFormProps) {
  const me = useMe();
  const [values, setValues] = useState(app);
  const people = useQuery({
    ...reading(contract.identity.listPeople),
    enabled: may(me, contract.identity.listPeople),
  });
  const groups = [...me.groups, ...(people.data?.items ?? []).flatMap((person) => person.groups)];
  const change = useChange(contract.apps.changeApp, {
    refreshes: [contract.apps.listApps],
    onDone: (saved) => {
      onSaved?.(saved);
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
          data={[...new Set(groups)].sort()}
          value={audience.groups}
          onChange={(next) => setValues({ ...values, audience: { ...audience, groups: next } })}
          maxTags={50}
          placeholder={audience.groups.length === 0 ? 'Type a group, then Enter' : ''}
        />
      )}
      {children}
    </DialogForm>
  );
}
