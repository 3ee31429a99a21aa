import './sources.css';
import { Switch, TextInput } from '@mantine/core';
import { contract, type Engine } from '@sallyport/contract';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { fieldErrors } from '../../lib/explain-error.ts';
import { sameValue } from '../../lib/same-value.ts';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { engineNames } from '../../ui/engine-names.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { LeaveQuestion } from '../../ui/leave-question.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { notify } from '../../ui/toast-store.ts';
import { ConnectPlace, type PlaceDraft } from './connect-place.tsx';
import { credentialFrom, credentialOfEngine, emptyCredential } from './credential-draft.ts';
import { EngineTile } from './engine-tile.tsx';
import { ModeField } from './mode-field.tsx';
import { emptySettings, settingsErrors, settingsFrom, settingsOfEngine } from './settings-draft.ts';
import { TryCard } from './try-card.tsx';

const route = getRouteApi('/signed-in/console/sources/connect');
const emptyPlace = (engine: Engine): PlaceDraft => ({
  settings: emptySettings(engine),
  credential: emptyCredential(engine),
});

const placeOfEngine = ({ settings, credential }: PlaceDraft, engine: Engine): PlaceDraft => ({
  settings: settingsOfEngine(settings, engine),
  credential: credentialOfEngine(credential, engine, settings.engine),
});

/** Connects a source: engine, address, credential; tried before it is saved. */
export function ConnectPage() {
  const me = useMe();
  const { engine = 'postgres' } = route.useSearch();
  const navigate = route.useNavigate();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<'read' | 'read-write'>('read-write');
  const [same, setSame] = useState(true);
  const [production, setProduction] = useState(emptyPlace(engine));
  const [development, setDevelopment] = useState(emptyPlace(engine));
  const [checked, setChecked] = useState(false);
  const saved = useRef(false);
  const untouched = emptyPlace(engine);
  const loses = () =>
    !saved.current && !sameValue([name, production, development], ['', untouched, untouched]);
  const test = useChange(contract.sources.testSource, {
    refreshes: [contract.sources.listSources, contract.sources.getSource],
  });
  const connect = useChange(contract.sources.connectSource, {
    refreshes: [contract.sources.listSources],
    onDone: (source) => {
      saved.current = true;
      // Its status should not read “not tested” when it has just been typed in: each environment is asked at once.
      for (const { environment } of source.environments)
        test.mutate({ params: { id: source.id, environment } });
      notify({
        tone: 'ok',
        title: `${source.name} was saved`,
        ...(production.credential.kind !== 'none' && { text: 'Its credential is encrypted.' }),
        // An API has no tables to generate from.
        action:
          source.engine === 'rest'
            ? { label: 'New app', run: () => void navigate({ to: '/', search: { new: 'empty' } }) }
            : {
                label: 'Generate an app',
                run: () => void navigate({ to: '/', search: { new: 'generate', source: source.id } }),
              },
      });
      void navigate({
        to: '/sources/$id/{-$environment}',
        params: { id: source.id, environment: 'production' },
      });
    },
  });
  const choose = (next: Engine) => {
    setProduction(placeOfEngine(production, next));
    setDevelopment(placeOfEngine(development, next));
    setChecked(false);
    connect.reset();
    void navigate({ search: { engine: next }, replace: true });
  };
  const allowed = may(me, contract.sources.connectSource);
  const places = same ? [production] : [development, production];
  const valid = places.every((place) => Object.keys(settingsErrors(place.settings)).length === 0);
  const errorsOf = (place: PlaceDraft) => (checked ? settingsErrors(place.settings) : {});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!valid || connect.isPending) return;
    const sealed = (place: PlaceDraft) => ({
      settings: settingsFrom(place.settings),
      credential: credentialFrom(place.credential),
    });
    connect.mutate({
      body: {
        name,
        mode,
        environments: [
          { environment: 'development', ...sealed(same ? production : development) },
          { environment: 'production', ...sealed(production) },
        ],
      },
    });
  };
  return (
    <>
      <PageHeader title="Connect a source" />
      <LeaveQuestion loses={loses} beforeUnload={loses}>
        What you typed for this source is not saved.
      </LeaveQuestion>
      <div className="sp-scroll">
        <form className="sp-connect" onSubmit={submit}>
          <div className="sp-col sp-g24">
            <fieldset className="sp-engine-choice">
              <legend className="sp-legend">Type</legend>
              {(['postgres', 'mysql', 'rest'] as const).map((each) => (
                <label key={each}>
                  <input type="radio" name="engine" checked={engine === each} onChange={() => choose(each)} />
                  <EngineTile engine={each} />
                  {engineNames[each]}
                </label>
              ))}
            </fieldset>
            <TextInput
              label="Name"
              description="Shown to builders and in the audit log."
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              placeholder="support-db"
              value={name}
              error={fieldErrors(connect.error).name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={80}
            />
            <ModeField mode={mode} onChange={setMode} />
            <Switch
              label="Use the same connection for development and production"
              description="Builders work in development, members in production. Each environment has its own credential."
              checked={same}
              onChange={(event) => setSame(event.currentTarget.checked)}
            />
            {!same && (
              <ConnectPlace
                legend="Development"
                draft={development}
                errors={errorsOf(development)}
                onChange={setDevelopment}
              />
            )}
            <ConnectPlace
              legend={same ? 'Development and production' : 'Production'}
              draft={production}
              errors={errorsOf(production)}
              onChange={setProduction}
            />
          </div>
          <div className="sp-col sp-g12 sp-try-column">
            {!same && (
              <TryCard
                title="Test development"
                mode={mode}
                place={development}
                onCheck={() => setChecked(true)}
              />
            )}
            <TryCard
              title={same ? 'Test connection' : 'Test production'}
              mode={mode}
              place={production}
              onCheck={() => setChecked(true)}
            />
          </div>
          <div className="sp-col sp-g24">
            <FailureNote error={connect.error} />
            <div className="sp-row">
              <Button
                type="submit"
                tone="primary"
                busy={connect.isPending && 'Saving…'}
                disabledReason={!allowed && 'Requires the “source:manage” permission.'}
              >
                Save source
              </Button>
              <LinkButton to="/sources" tone="ghost">
                Cancel
              </LinkButton>
            </div>
          </div>
        </form>
      </div>
    </>
  );
}
