import { Checkbox, Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useGrowing } from '../../../ui/use-growing.tsx';
import type { Column } from './column-model.ts';
import { AS_THE_APP, type ColumnSettings, isShown } from './use-column-settings.ts';

interface Chooses {
  readonly columns: readonly Column[];
  readonly settings: ColumnSettings;
  readonly save: (next: ColumnSettings) => void;
}

/** Which columns this person sees; kept in this browser. */
export function ColumnsMenu({ icon, ...chooses }: Chooses & { readonly icon: ReactNode }) {
  const { settings, save } = chooses;
  const [opened, setOpened] = useState(false);
  const touched =
    settings.hidden.length > 0 || settings.shown.length > 0 || Object.keys(settings.widths).length > 0;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button icon={icon} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="rt-columns-menu" aria-label="Columns">
        <Choices {...chooses} />
        {touched && (
          <Button size="sm" tone="ghost" onClick={() => save(AS_THE_APP)}>
            Reset to default
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ columns, settings, save }: Chooses) {
  const shown = columns.filter((column) => isShown(column, settings));
  const { shown: drawn, more } = useGrowing(columns);
  const toggle = ({ name, hidden }: Column, show: boolean) => {
    // Only what is otherwise than the app has it is kept.
    const list = hidden ? 'shown' : 'hidden';
    const others = settings[list].filter((one) => one !== name);
    save({ ...settings, [list]: show === hidden ? [...others, name] : others });
  };
  return (
    <>
      <div>
        {drawn.map((column) => {
          const { name, label } = column;
          const visible = isShown(column, settings);
          return (
            <Checkbox
              key={name}
              label={label}
              checked={visible}
              disabled={visible && shown.length === 1}
              onChange={(event) => toggle(column, event.currentTarget.checked)}
            />
          );
        })}
      </div>
      {more}
    </>
  );
}
