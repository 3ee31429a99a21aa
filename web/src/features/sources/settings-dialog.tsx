import { Modal } from '@mantine/core';
import { contract, type SourceEnvironmentView, type SourceView } from '@sallyport/contract';
import { type FormEvent, useEffect, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { Note } from '../../ui/note.tsx';
import { notify } from '../../ui/toast-store.ts';
import { bindingOf, draftOfSettings, settingsErrors, settingsFrom } from './settings-draft.ts';
import { SettingsFields } from './settings-fields.tsx';

interface SettingsDialogProps {
  readonly source: SourceView;
  readonly place: SourceEnvironmentView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes where an environment is; says beforehand when that voids its credential. */
export function SettingsDialog({ source, place, opened, onClose }: SettingsDialogProps) {
  const [draft, setDraft] = useState(draftOfSettings(place.settings));
  const [checked, setChecked] = useState(false);
  const change = useChange(contract.sources.setSourceEnvironment, {
    refreshes: [contract.sources.listSources, contract.sources.getSource, contract.catalog.getCatalog],
    onDone: () => {
      onClose();
      notify({ tone: 'ok', title: `${environmentNames[place.environment]} of ${source.name} is changed` });
    },
  });
  const { reset } = change;
  useEffect(() => {
    if (!opened) return;
    setDraft(draftOfSettings(place.settings));
    setChecked(false);
    reset();
  }, [opened, place.settings, reset]);
  const errors = settingsErrors(draft);
  const voids = place.credential !== null && bindingOf(draft) !== bindingOf(draftOfSettings(place.settings));
  const failure = change.error ? explainError(change.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(errors).length > 0 || change.isPending) return;
    change.mutate({
      params: { id: source.id, environment: place.environment },
      body: { settings: settingsFrom(draft) },
    });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`${source.name}, ${environmentNames[place.environment]}`}
      withCloseButton={false}
    >
      <form onSubmit={submit} className="sp-col sp-g12">
        <SettingsFields draft={draft} errors={checked ? errors : {}} onChange={setDraft} />
        {voids && (
          <Note tone="warn" title="This voids the credential.">
            It is bound to its host and port. You give a new one after this.
          </Note>
        )}
        {failure && (
          <Note tone="bad" title={failure.title}>
            {failure.detail} {failure.next}
          </Note>
        )}
        <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={change.isPending && 'Saving…'}>
            Save the connection
          </Button>
        </div>
      </form>
    </Modal>
  );
}
