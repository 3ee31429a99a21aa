import { Modal } from '@mantine/core';
import { contract, type SourceEnvironmentView, type SourceView } from '@sallyport/contract';
import { type FormEvent, useEffect, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { Note } from '../../ui/note.tsx';
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
  const [draft, setDraft] = useState(emptyCredential(source.engine));
  const { state, attempt, stop, reset: forget } = useTryConnection();
  const seal = useChange(contract.sources.setCredential, {
    refreshes: [contract.sources.listSources, contract.sources.getSource, contract.catalog.getCatalog],
    onDone: () => {
      onClose();
      notify({ tone: 'ok', title: 'The credential is sealed', text: 'New connections use it from now on.' });
    },
  });
  const { reset } = seal;
  useEffect(() => {
    setDraft(emptyCredential(source.engine));
    if (!opened) return;
    reset();
    forget();
  }, [opened, source.engine, reset, forget]);
  const failure = seal.error ? explainError(seal.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (seal.isPending) return;
    seal.mutate({
      params: { id: source.id, environment: place.environment },
      body: { credential: credentialFrom(draft), settings: place.settings },
    });
  };
  const attemptIt = () =>
    void attempt({ mode: source.mode, settings: place.settings, credential: credentialFrom(draft) });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Credential of ${source.name}, ${environmentNames[place.environment]}`}
      withCloseButton={false}
      centered
    >
      <form onSubmit={submit} className="sp-col sp-g12" autoComplete="off">
        <p className="sp-t2">
          Bound to <span className="sp-mono">{addressOf(place)}</span>. It replaces the one that is there.
        </p>
        <CredentialFields engine={source.engine} draft={draft} onChange={setDraft} />
        {state.kind !== 'idle' && <TryOutcome state={state} />}
        {failure && (
          <Note tone="bad" title={failure.title}>
            {failure.detail} {failure.next}
          </Note>
        )}
        <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
          {state.kind === 'trying' ? (
            <Button tone="ghost" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button tone="ghost" onClick={attemptIt}>
              Try it
            </Button>
          )}
          <span className="sp-grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={seal.isPending && 'Sealing…'}>
            Seal the credential
          </Button>
        </div>
      </form>
    </Modal>
  );
}
