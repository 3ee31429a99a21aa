import { Modal, TagsInput, TextInput } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldErrors } from '../../lib/explain-error.ts';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DialogForm } from '../../ui/form-dialog.tsx';
import { notify } from '../../ui/toast-store.ts';
import { useBuilder, useEditor } from '../builder-context.ts';

/** The app's name and address, and who may open its releases. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { appId, editor } = useBuilder();
  const app = useEditor((s) => s.app);
  const me = useMe();
  const [name, setName] = useState(app.name);
  const [slug, setSlug] = useState(app.slug);
  const [everyone, setEveryone] = useState(app.audience.everyone);
  const [groups, setGroups] = useState(app.audience.groups);
  const people = useQuery({
    ...reading(contract.identity.listPeople, {}),
    enabled: may(me, contract.identity.listPeople),
    retry: false,
  });
  const known = [
    ...new Set([...me.groups, ...(people.data?.items ?? []).flatMap((person) => person.groups)]),
  ].sort();
  const change = useChange(contract.apps.changeApp, {
    refreshes: [contract.apps.listApps],
    onDone(row) {
      editor.getState().set({ app: row });
      notify({ tone: 'ok', title: 'Saved.' });
      onClose();
    },
  });
  const address = `${window.location.origin}/a/${app.slug}`;
  const errors = fieldErrors(change.error);
  return (
    <Modal opened onClose={onClose} title={`Share ${app.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <DialogForm
        submit="Save"
        busy={change.isPending && 'Saving…'}
        error={errors.name || errors.slug ? undefined : change.error}
        onSubmit={() =>
          change.mutate({
            params: { id: appId },
            body: { name, slug, audience: { everyone, groups: everyone ? [] : groups } },
          })
        }
        onClose={onClose}
      >
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={80}
          value={name}
          error={errors.name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          label="Address"
          required
          withAsterisk={false}
          description={`${window.location.origin}/a/${slug}`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={slug}
          error={errors.slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
        />
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend className="sp-lab">Who may open it</legend>
          <label className="sp-row">
            <input type="radio" name="audience" checked={everyone} onChange={() => setEveryone(true)} />
            Everyone in {me.organization.name}
          </label>
          <label className="sp-row" style={{ marginTop: 4 }}>
            <input type="radio" name="audience" checked={!everyone} onChange={() => setEveryone(false)} />
            Groups
          </label>
          {!everyone && (
            <TagsInput
              mt={6}
              aria-label="Groups"
              placeholder="support, finance"
              data={known}
              value={groups}
              onChange={setGroups}
              description="Builders and above may open it always."
            />
          )}
        </fieldset>
        {app.release ? (
          <div className="sp-row">
            <a href={`/a/${app.slug}`} target="_blank" rel="noopener" className="sp-mono sp-cut">
              {address}
            </a>
            <CopyButton text={address} label="Copy the address" />
          </div>
        ) : (
          <p className="sp-hint" style={{ margin: 0 }}>
            Not published yet: members find nothing at its address.
          </p>
        )}
      </DialogForm>
    </Modal>
  );
}
