import { Menu } from '@mantine/core';
import { IconPlus, IconVariable } from '@tabler/icons-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { removeVariable } from '../document/edit-pages.ts';
import { shortValue } from '../inspector/short-value.ts';
import { ListRow } from './list-row.tsx';
import { Section } from './section.tsx';

/** The app's variables with their initial values. */
export function VariableList() {
  const { editor, view } = useBuilder();
  const variables = useEditor((s) => s.document.variables);
  const show = (name: string | undefined) => view.getState().show({ dialog: { kind: 'variable', name } });
  return (
    <Section
      title="Variables"
      actions={
        <IconButton
          small
          label="Add variable"
          icon={<IconPlus size={15} stroke={1.75} aria-hidden="true" />}
          onClick={() => show(undefined)}
        />
      }
    >
      {Object.keys(variables).length === 0 && (
        <p className="bd-none">Variables hold values while the app is open.</p>
      )}
      {Object.entries(variables).map(([name, value]) => (
        <ListRow
          key={name}
          icon={<IconVariable size={15} stroke={1.75} aria-hidden="true" />}
          name={name}
          mono
          end={<span className="sp-mono sp-cut">{shortValue(value)}</span>}
          onClick={() => show(name)}
          menu={
            <>
              <Menu.Item onClick={() => show(name)}>Initial value…</Menu.Item>
              <Menu.Item
                onClick={() => view.getState().show({ dialog: { kind: 'rename', what: 'variable', name } })}
              >
                Rename…
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                color="red"
                onClick={() => editor.getState().edit(`Remove ${name}`, (d) => removeVariable(d, name))}
              >
                Remove
              </Menu.Item>
            </>
          }
        />
      ))}
    </Section>
  );
}
