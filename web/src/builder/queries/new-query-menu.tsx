import { Menu } from '@mantine/core';
import { contract, type SourceView } from '@sallyport/contract';
import { IconDatabase, IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { reading } from '../../lib/reading.ts';
import { engineNames } from '../../ui/engine-names.ts';
import { useBuilder } from '../builder-context.ts';
import { createQuery } from './query-commands.ts';

/** Chooses the source of a new query. */
export function NewQueryMenu({ children }: { readonly children: ReactElement }) {
  const builder = useBuilder();
  const { data, error } = useQuery(reading(contract.sources.listSources));
  // One that was begun is typed at once: the keys go to it, and not back to the button.
  const [begun, setBegun] = useState(false);
  const begin = (source: SourceView) => {
    setBegun(true);
    createQuery(builder, source);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('.bd-ed :is(.cm-content, input, select)')?.focus(),
    );
  };
  return (
    <Menu position="bottom-start" width={240} returnFocus={!begun} onOpen={() => setBegun(false)}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>New query on</Menu.Label>
        {error && <Menu.Item disabled>{explainError(error).title}</Menu.Item>}
        {data?.items.length === 0 && (
          <Menu.Item component="a" href="/sources">
            No data sources. Connect one…
          </Menu.Item>
        )}
        {data?.items.map((source) => {
          const Icon = source.engine === 'rest' ? IconWorld : IconDatabase;
          return (
            <Menu.Item
              key={source.id}
              leftSection={<Icon size={15} stroke={1.75} aria-hidden="true" />}
              rightSection={<span className="sp-t3 sp-sm">{engineNames[source.engine]}</span>}
              onClick={() => begin(source)}
            >
              {source.name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
