import { Select, TextInput } from '@mantine/core';
import { contract, type EnvironmentName, type SourceView } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { allSources } from '../../lib/whole-lists.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { nameOfTable, TablePicks } from './table-picks.tsx';

interface GenerateDialogProps {
  readonly opened: boolean;
  /** The source to begin with: the one that was just connected. */
  readonly firstSource?: string | undefined;
  readonly onClose: () => void;
}

/** From a table to a working list, detail and edit app. */
export function GenerateDialog({ opened, firstSource, onClose }: GenerateDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title="Generate an app from a table" size={640}>
      <GenerateForm firstSource={firstSource} onClose={onClose} />
    </FormDialog>
  );
}

function GenerateForm({ firstSource, onClose }: Omit<GenerateDialogProps, 'opened'>) {
  const navigate = useNavigate();
  const list = useQuery(allSources());
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
  const submit = () => {
    if (!source || !place || !table) return;
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
  if (list.data && sources.length === 0)
    return (
      <EmptyState
        title="No database is connected yet"
        text="Connect a database to generate an app from one of its tables."
      >
        <LinkButton to="/sources/connect" size="sm" tone="primary">
          Connect a source
        </LinkButton>
      </EmptyState>
    );
  return (
    <DialogForm
      submit="Generate app"
      busy={generate.isPending && 'Generating…'}
      disabledReason={!table && 'Pick a table first.'}
      error={generate.error}
      beside={<p className="sp-t3 sp-sm">You get a list, a detail view and a form that you can edit.</p>}
      onSubmit={submit}
      onClose={onClose}
    >
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
        label="App name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={80}
      />
    </DialogForm>
  );
}
