import { Menu } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { IconChevronDown, IconDownload, IconExternalLink, IconHistory, IconUsers } from '@tabler/icons-react';
import { call } from '../../lib/api.ts';
import { saveJson } from '../../lib/save-file.ts';
import { notifyError } from '../../ui/toast-store.ts';
import { useBuilder, useEditor } from '../builder-context.ts';

/** The app's name, and what concerns it as a whole. */
export function AppMenu() {
  const { view, appId, saver } = useBuilder();
  const app = useEditor((s) => s.app);
  const icon = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;
  const exportBundle = async () => {
    try {
      await saver.flush();
      saveJson(`${app.slug}.sallyport.json`, await call(contract.apps.exportApp, { params: { id: appId } }));
    } catch (error) {
      notifyError(error, 'The app was not exported.');
    }
  };
  return (
    <Menu position="bottom-start" width={250}>
      <Menu.Target>
        <button type="button" className="bd-name">
          <span className="sp-cut">{app.name}</span>
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {app.release ? (
          <Menu.Item
            component="a"
            href={`/a/${app.slug}`}
            target="_blank"
            rel="noopener"
            leftSection={<IconExternalLink {...icon} />}
          >
            Open release {app.release.number}
          </Menu.Item>
        ) : (
          <Menu.Item disabled leftSection={<IconExternalLink {...icon} />}>
            Not published yet
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconUsers {...icon} />}
          onClick={() => view.getState().show({ dialog: { kind: 'settings' } })}
        >
          Name, address, people…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHistory {...icon} />}
          onClick={() => view.getState().show({ dialog: { kind: 'releases' } })}
        >
          Releases and rollback…
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => void exportBundle()}>
          Export as one file
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
