import { Checkbox, Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import type { Column } from './column-model.ts';
import type { ColumnSettings } from './use-column-settings.ts';

/** Which columns this person sees; kept in this browser. */
export function ColumnsMenu({
  columns,
  settings,
  save,
  icon,
}: {
  readonly columns: readonly Column[];
  readonly settings: ColumnSettings;
  readonly save: (next: ColumnSettings) => void;
  readonly icon: ReactNode;
}) {
  const [opened, setOpened] = useState(false);
  const shown = columns.filter(({ name }) => !settings.hidden.includes(name));
  const toggle = (name: string, show: boolean) =>
    save({
      ...settings,
      hidden: show ? settings.hidden.filter((one) => one !== name) : [...settings.hidden, name],
    });
  const touched = settings.hidden.length > 0 || Object.keys(settings.widths).length > 0;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="sm" icon={icon} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="rt-columns-menu" aria-label="Columns">
        {columns.map(({ name, label }) => {
          const visible = !settings.hidden.includes(name);
          return (
            <Checkbox
              key={name}
              label={label}
              checked={visible}
              disabled={visible && shown.length === 1}
              onChange={(event) => toggle(name, event.currentTarget.checked)}
            />
          );
        })}
        {touched && (
          <Button size="sm" tone="ghost" onClick={() => save({ widths: {}, hidden: [] })}>
            As the app has them
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
