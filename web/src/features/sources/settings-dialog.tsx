import { contract, type SourceEnvironmentView, type SourceView } from '@sallyport/contract';
import { useState } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
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
  const title = `${source.name}, ${environmentNames[place.environment]}`;
  return (
    <FormDialog opened={opened} onClose={onClose} title={title}>
      <SettingsForm source={source} place={place} onClose={onClose} />
    </FormDialog>
  );
}

function SettingsForm({ source, place, onClose }: Omit<SettingsDialogProps, 'opened'>) {
  const [draft, setDraft] = useState(draftOfSettings(place.settings));
  const [checked, setChecked] = useState(false);
  const change = useChange(contract.sources.setSourceEnvironment, {
    refreshes: [contract.sources.listSources, contract.sources.getSource, contract.catalog.getCatalog],
    onDone: () => {
      onClose();
      notify({
        tone: 'ok',
        title: `${environmentNames[place.environment]} connection of ${source.name} was changed`,
      });
    },
  });
  const errors = settingsErrors(draft);
  const voids = place.credential !== null && bindingOf(draft) !== bindingOf(draftOfSettings(place.settings));
  const submit = () => {
    setChecked(true);
    if (Object.keys(errors).length > 0) return;
    change.mutate({
      params: { id: source.id, environment: place.environment },
      body: { settings: settingsFrom(draft) },
    });
  };
  return (
    <DialogForm
      submit="Save connection"
      busy={change.isPending && 'Saving…'}
      error={change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <SettingsFields draft={draft} errors={checked ? errors : {}} onChange={setDraft} />
      {voids && (
        <Note tone="warn" title="This deletes the credential.">
          A credential is bound to its host and port. Enter a new one after saving.
        </Note>
      )}
    </DialogForm>
  );
}
