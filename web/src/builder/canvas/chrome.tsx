import { Menu } from '@mantine/core';
import type { ComponentType } from '@sallyport/contract';
import { IconDots, IconGripVertical } from '@tabler/icons-react';
import { useBuilder } from '../builder-context.ts';
import { componentIcons } from '../component-icons.ts';
import { ComponentMenu } from '../panels/component-menu.tsx';
import { HANDLES } from './cells.ts';

/** What stands around a selected component: its outline, its name, eight handles. */
export function Chrome({
  id,
  type,
  alone,
}: {
  readonly id: string;
  readonly type: ComponentType;
  readonly alone: boolean;
}) {
  const { editor } = useBuilder();
  const Icon = componentIcons[type];
  return (
    <div className="bd-chrome">
      {alone && (
        <span className="bd-name-tag" data-grip>
          <Icon size={13} stroke={2} aria-hidden="true" />
          <span className="sp-mono">{id}</span>
          <i />
          <IconGripVertical size={13} stroke={2} aria-hidden="true" />
          <Menu position="bottom-start" width={200}>
            <Menu.Target>
              <button type="button" className="bd-name-more" aria-label={`More about ${id}`} tabIndex={-1}>
                <IconDots size={13} stroke={2} aria-hidden="true" />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <ComponentMenu ids={editor.getState().selection} Item={Menu.Item} Divider={Menu.Divider} />
            </Menu.Dropdown>
          </Menu>
        </span>
      )}
      {alone && HANDLES.map((handle) => <b key={handle} data-handle={handle} />)}
    </div>
  );
}
