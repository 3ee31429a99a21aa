import { Menu } from '@mantine/core';
import { type AppRow, contract } from '@sallyport/contract';
import { IconDots, IconDownload, IconPencil, IconSettings, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { saveJson } from '../../lib/save-file.ts';
import { useChange } from '../../lib/use-change.ts';
import { AppSettingsDialog } from '../../ui/app-settings-dialog.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** What a builder can do with an app of the list. */
export function AppMenu({ app }: { readonly app: AppRow }) {
  const [settings, setSettings] = useState(false);
  const [removing, setRemoving] = useState(false);
  const remove = useChange(contract.apps.removeApp, {
    refreshes: [contract.apps.listApps],
    onDone: () => {
      setRemoving(false);
      notify({ tone: 'ok', title: `${app.name} was removed` });
    },
  });
  const save = async () => {
    try {
      saveJson(`${app.slug}.sallyport.json`, await call(contract.apps.exportApp, { params: { id: app.id } }));
    } catch (error) {
      notifyError(error, `${app.name} was not exported`);
    }
  };
  if (!app.canEdit) return null;
  return (
    <>
      <LinkButton
        to="/apps/$id/edit"
        params={{ id: app.id }}
        size="sm"
        icon={<IconPencil size={14} stroke={2} aria-hidden="true" />}
      >
        Edit
      </LinkButton>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <IconButton label={`More about ${app.name}`} icon={<IconDots {...icon} />} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSettings {...icon} />} onClick={() => setSettings(true)}>
            Name, address, people…
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => void save()}>
            Export draft
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash {...icon} />} color="red" onClick={() => setRemoving(true)}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <AppSettingsDialog app={app} opened={settings} onClose={() => setSettings(false)} />
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${app.name}?`}
        confirm={`Remove ${app.name}`}
        name={app.name}
        busy={remove.isPending && 'Removing…'}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: app.id } })}
      >
        Its releases stop running immediately, for everyone. The audit log keeps its records.
      </ConfirmDialog>
    </>
  );
}
