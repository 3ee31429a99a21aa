import { Menu } from '@mantine/core';
import { IconChevronDown, IconFileImport, IconPlus, IconTable } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** The ways to a new app. */
export function NewAppMenu({ hasSource }: { readonly hasSource: boolean }) {
  const navigate = useNavigate();
  const open = (kind: 'empty' | 'generate' | 'import') => () =>
    void navigate({ to: '/', search: { new: kind } });
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button tone="primary" icon={<IconPlus size={15} stroke={2} aria-hidden="true" />}>
          New app
          <IconChevronDown size={15} stroke={2} aria-hidden="true" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconTable {...icon} />} disabled={!hasSource} onClick={open('generate')}>
          From a table…
          {!hasSource && <span className="sp-hint">Connect a source first.</span>}
        </Menu.Item>
        <Menu.Item leftSection={<IconPlus {...icon} />} onClick={open('empty')}>
          Empty app…
        </Menu.Item>
        <Menu.Item leftSection={<IconFileImport {...icon} />} onClick={open('import')}>
          Import…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
