import { Modal, Select, TextInput } from '@mantine/core';
import { contract, type EnvironmentName, type SourceView } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { reading } from '../../lib/reading.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Note } from '../../ui/note.tsx';
import { nameOfTable, TablePicks } from './table-picks.tsx';

/** From a table to a working list, detail and edit app. */
export function GenerateDialog({
  opened,
  firstSource,
  onClose,
}: {
  readonly opened: boolean;
  /** The source to begin with: the one that was just connected. */
  readonly firstSource?: string | undefined;
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const list = useQuery({ ...reading(contract.sources.listSources), enabled: opened });
  const sources = (list.data?.items ?? []).filter((source) => source.engine !== 'rest');
  const [sourceId, setSourceId] = useState<string>();
  const [environment, setEnvironment] = useState<EnvironmentName>();
  const [table, setTable] = useState<{ schema: string; name: string }>();
  const [name, setName] = useState('');
  const answers = (candidate: SourceView) =>
    candidate.environments.some(({ status }) => status === 'healthy');
  const source =
    sources.find((candidate) => candidate.id === (sourceId ?? firstSource)) ??
    sources.find(answers) ??
    sources[0];
  const place =
    source?.environments.find((candidate) => candidate.environment === environment) ??
    source?.environments[0];
  const generate = useChange(contract.apps.generateApp, {
    refreshes: [contract.apps.listApps],
    onDone: (app) => void navigate({ to: '/apps/$id/edit', params: { id: app.id } }),
  });
  const { reset } = generate;
  useEffect(() => {
    if (!opened) return;
    setTable(undefined);
    setName('');
    reset();
  }, [opened, reset]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!source || !place || !table || generate.isPending) return;
    generate.mutate({
      body: {
        name,
        sourceId: source.id,
        environment: place.environment,
        schema: table.schema,
        table: table.name,
      },
    });
  };
  const failure = generate.error ? explainError(generate.error) : undefined;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Generate an app from a table"
      size={640}
      withCloseButton={false}
    >
      {list.data && sources.length === 0 ? (
        <EmptyState title="No database is connected yet" text="An app is made over a table of one.">
          <LinkButton to="/sources/connect" size="sm" tone="primary">
            Connect a source
          </LinkButton>
        </EmptyState>
      ) : (
        <form onSubmit={submit} className="sp-col sp-g12">
          <div className="sp-row sp-g12" style={{ alignItems: 'flex-start', flexWrap: 'wrap' }}>
            <Select
              style={{ flex: '2 1 220px' }}
              label="Source"
              data={sources.map(({ id, name: label }) => ({ value: id, label }))}
              value={source?.id ?? null}
              onChange={(value) => {
                setSourceId(value ?? undefined);
                setTable(undefined);
                if (name === nameOfTable(table)) setName('');
              }}
              allowDeselect={false}
            />
            <Select
              label="Environment"
              style={{ flex: '1 1 180px' }}
              data={(source?.environments ?? []).map((e) => ({
                value: e.environment,
                label: environmentNames[e.environment],
              }))}
              value={place?.environment ?? null}
              onChange={(value) => setEnvironment((value ?? undefined) as EnvironmentName | undefined)}
              allowDeselect={false}
            />
          </div>
          {source && place && (
            <TablePicks
              sourceId={source.id}
              environment={place.environment}
              chosen={table}
              onChoose={(next) => {
                setTable(next);
                setName((before) =>
                  before === '' || before === nameOfTable(table) ? nameOfTable(next) : before,
                );
              }}
            />
          )}
          <TextInput
            label="Name of the app"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={80}
          />
          {failure && (
            <Note tone="bad" title={failure.title}>
              {failure.detail} {failure.next}
            </Note>
          )}
          <div className="sp-row sp-dialog-foot">
            <p className="sp-t3 sp-sm">You get a list, a detail view and a form, all yours to change.</p>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              tone="primary"
              busy={generate.isPending && 'Generating…'}
              disabledReason={!table && 'Pick a table first.'}
            >
              Generate the app
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
