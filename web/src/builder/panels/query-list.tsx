import { Menu } from '@mantine/core';
import { IconEye, IconPencil, IconPlus } from '@tabler/icons-react';
import { sameValue } from '../../lib/same-value.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useEditor, usePanel } from '../builder-context.ts';
import { useQueryState } from '../live/use-live.ts';
import { NewQueryMenu } from '../queries/new-query-menu.tsx';
import { duplicateQuery, openQuery } from '../queries/query-commands.ts';
import { useRemoveQuery } from '../queries/use-remove-query.tsx';
import { broughtBy } from './brought-by.ts';
import { ListRow } from './list-row.tsx';
import { Section } from './section.tsx';

/** The queries of the app with what their last run brought. */
export function QueryList() {
  const queries = useEditor((s) => s.queries);
  const open = usePanel((s) => s.open);
  const names = [...new Set([...Object.keys(queries).sort(), ...Object.keys(open)])];
  return (
    <Section
      title="Queries"
      actions={
        <NewQueryMenu>
          <IconButton
            small
            label="Add query"
            icon={<IconPlus size={15} stroke={1.75} aria-hidden="true" />}
          />
        </NewQueryMenu>
      }
    >
      {names.length === 0 && <p className="bd-none">Add a query to load data.</p>}
      {names.map((name) => (
        <QueryRow key={name} name={name} />
      ))}
    </Section>
  );
}

function QueryRow({ name }: { readonly name: string }) {
  const builder = useBuilder();
  const query = useEditor((s) => s.queries[name]);
  const active = usePanel((s) => s.active === name);
  const state = useQueryState(name);
  const { remove, dialog } = useRemoveQuery(name);
  const open = usePanel((s) => s.open[name]);
  const check = open?.check;
  const effect = check?.state === 'compiles' ? check.compiled.effect : query?.compiled.effect;
  const write = effect !== undefined && effect !== 'read';
  const Icon = write ? IconPencil : IconEye;
  const rename = () => builder.view.getState().show({ dialog: { kind: 'rename', what: 'query', name } });
  const end = !query ? (
    <Badge small tone="accent">
      new
    </Badge>
  ) : open && !sameValue(open.document, query.document) ? (
    'unsaved'
  ) : state?.isFetching ? (
    'running'
  ) : state?.error ? (
    <span className="sp-bad">failed</span>
  ) : (
    ((state && broughtBy(state)) ?? (query.document.run === 'auto' ? 'idle' : 'manual'))
  );
  return (
    <>
      <ListRow
        icon={<Icon size={15} stroke={1.75} aria-hidden="true" />}
        name={name}
        mono
        on={active && 'item'}
        end={end}
        onClick={() => openQuery(builder, name)}
        onDoubleClick={() => query && rename()}
        menu={
          <>
            <Menu.Item disabled={!query} onClick={rename}>
              {query ? 'Rename…' : 'Save it first to rename it'}
            </Menu.Item>
            <Menu.Item onClick={() => duplicateQuery(builder, name)}>Duplicate</Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" onClick={remove}>
              Remove…
            </Menu.Item>
          </>
        }
      />
      {dialog}
    </>
  );
}
