import { TextInput } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { may, meQuery, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { notify } from '../../ui/toast-store.ts';
import { useEnterOrganization } from './use-enter-organization.ts';

/** The organization's name; and, for owners, another organization. */
export function OrganizationSection() {
  const me = useMe();
  const client = useQueryClient();
  const [name, setName] = useState(me.organization.name);
  const [other, setOther] = useState('');
  const rename = useChange(contract.identity.changeOrganization, {
    onDone: (saved) => {
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      notify({ tone: 'ok', title: `The organization was renamed to ${saved.name}` });
    },
  });
  const enter = useEnterOrganization();
  const create = useChange(contract.identity.createOrganization, {
    onDone: (made) => {
      setOther('');
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      notify({
        tone: 'ok',
        title: `${made.name} was created`,
        text: 'You are its owner. Organizations share nothing with each other.',
        action: { label: 'Switch to it', run: () => enter(made.id) },
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name !== me.organization.name && !rename.isPending) rename.mutate({ body: { name } });
  };
  const submitOther = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ body: { name: other } });
  };
  const words = (error: unknown) =>
    error ? `${explainError(error).title} ${explainError(error).next}` : undefined;
  return (
    <div className="sp-account">
      <section aria-label="This organization">
        <h2>This organization</h2>
        <form onSubmit={submit} className="sp-form">
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={words(rename.error)}
            required
            withAsterisk={false}
            maxLength={80}
          />
          <DefinitionList
            items={[
              [
                'ID',
                <span key="i" className="sp-mono">
                  {me.organization.id}
                </span>,
              ],
            ]}
          />
          <div>
            <Button
              type="submit"
              tone="primary"
              busy={rename.isPending && 'Saving…'}
              disabledReason={
                (!may(me, contract.identity.changeOrganization) &&
                  'Requires the “organization:change” permission. Ask an admin.') ||
                (name === me.organization.name && 'There is nothing to save.')
              }
            >
              Save
            </Button>
          </div>
        </form>
      </section>
      <section aria-label="New organization">
        <h2>New organization</h2>
        <p className="sp-t2" style={{ marginBottom: 12 }}>
          With its own people, sources, apps, keys and log. You switch between them in the menu at the bottom
          left.
        </p>
        <form onSubmit={submitOther} className="sp-form">
          <TextInput
            label="Organization name"
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
            error={words(create.error)}
            required
            withAsterisk={false}
            maxLength={80}
          />
          <div>
            <Button
              type="submit"
              busy={create.isPending && 'Creating…'}
              disabledReason={
                !may(me, contract.identity.createOrganization) &&
                'Requires the “organization:create” permission. Ask an owner.'
              }
            >
              Create organization
            </Button>
          </div>
        </form>
      </section>
    </div>
  );
}
