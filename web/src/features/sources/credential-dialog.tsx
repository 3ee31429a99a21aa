import { contract, type SourceEnvironmentView, type SourceView } from '@sallyport/contract';
import { useState } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { notify } from '../../ui/toast-store.ts';
import { credentialFrom, emptyCredential } from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';
import { addressOf } from './source-rows.ts';
import { TryOutcome } from './try-outcome.tsx';
import { useTryConnection } from './use-try-connection.ts';

interface CredentialDialogProps {
  readonly source: SourceView;
  readonly place: SourceEnvironmentView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Seals a new credential for one environment; it can be tried first. */
export function CredentialDialog({ source, place, opened, onClose }: CredentialDialogProps) {
  const title = `Credential of ${source.name}, ${environmentNames[place.environment]}`;
  return (
    <FormDialog opened={opened} onClose={onClose} title={title}>
      <CredentialForm source={source} place={place} onClose={onClose} />
    </FormDialog>
  );
}

function CredentialForm({ source, place, onClose }: Omit<CredentialDialogProps, 'opened'>) {
  const [draft, setDraft] = useState(emptyCredential(source.engine));
  const { state, attempt, stop } = useTryConnection();
  const seal = useChange(contract.sources.setCredential, {
    refreshes: [contract.sources.listSources, contract.sources.getSource, contract.catalog.getCatalog],
    onDone: () => {
      onClose();
      notify({ tone: 'ok', title: 'The credential was saved', text: 'New connections will use it.' });
    },
  });
  const submit = () =>
    seal.mutate({
      params: { id: source.id, environment: place.environment },
      body: { credential: credentialFrom(draft), settings: place.settings },
    });
  const attemptIt = () =>
    void attempt({ mode: source.mode, settings: place.settings, credential: credentialFrom(draft) });
  return (
    <DialogForm
      submit="Save credential"
      busy={seal.isPending && 'Saving…'}
      error={seal.error}
      beside={
        <span className="sp-grow">
          {state.kind === 'trying' ? (
            <Button tone="ghost" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button tone="ghost" onClick={attemptIt}>
              Test
            </Button>
          )}
        </span>
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="sp-t2">
        Bound to <span className="sp-mono">{addressOf(place)}</span>. It replaces the current credential.
      </p>
      <CredentialFields engine={source.engine} draft={draft} onChange={setDraft} />
      {state.kind !== 'idle' && <TryOutcome state={state} />}
    </DialogForm>
  );
}
