import type { Menu } from '@mantine/core';
import { commandKey } from '../../lib/command-key.ts';
import { useBuilder } from '../builder-context.ts';
import { copySelection, deleteSelection, duplicateSelection } from '../commands.ts';

interface ComponentMenuProps {
  readonly ids: readonly string[];
  readonly Item: typeof Menu.Item;
  readonly Divider: typeof Menu.Divider;
}

/** What can be done with components, in the tree and on the canvas. */
export function ComponentMenu({ ids, Item, Divider }: ComponentMenuProps) {
  const builder = useBuilder();
  const { view } = builder;
  const [only] = ids;
  const key = (text: string) => <span className="sp-kbd">{text}</span>;
  return (
    <>
      <Item
        disabled={ids.length !== 1}
        onClick={() =>
          only && view.getState().show({ dialog: { kind: 'rename', what: 'component', name: only } })
        }
      >
        Rename…
      </Item>
      <Item rightSection={key(commandKey('D'))} onClick={() => duplicateSelection(builder, ids)}>
        Duplicate
      </Item>
      <Item rightSection={key(commandKey('C'))} onClick={() => void copySelection(builder, ids)}>
        Copy
      </Item>
      <Divider />
      <Item color="red" rightSection={key('⌫')} onClick={() => deleteSelection(builder, ids)}>
        Delete
      </Item>
    </>
  );
}
