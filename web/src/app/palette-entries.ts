import { contract } from '@sallyport/contract';
import {
  IconDatabase,
  IconDatabasePlus,
  IconKeyboard,
  IconLayoutGrid,
  IconPencil,
  IconPlus,
  IconUser,
  IconUserPlus,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { may, useMe } from '../lib/session.ts';
import { allApps, allSources } from '../lib/whole-lists.ts';
import type { PaletteEntry } from '../ui/search-palette.tsx';
import { navigation } from './navigation.ts';

/** Everything that the palette can find for this person. */
export function usePaletteEntries(opened: boolean, openShortcuts: () => void): readonly PaletteEntry[] {
  const me = useMe();
  const navigate = useNavigate();
  const apps = useQuery({ ...allApps(), enabled: opened });
  const sources = useQuery({
    ...allSources(),
    enabled: opened && may(me, contract.sources.listSources),
  });
  const entries: PaletteEntry[] = [];
  for (const app of apps.data?.items ?? []) {
    if (app.release) {
      entries.push({
        id: `open-${app.id}`,
        group: 'Apps',
        label: app.name,
        hint: 'Open',
        icon: IconLayoutGrid,
        run: () => void navigate({ to: '/a/$slug/{-$page}', params: { slug: app.slug } }),
      });
    }
    if (app.canEdit) {
      entries.push({
        id: `edit-${app.id}`,
        group: 'Apps',
        label: app.name,
        hint: 'Edit',
        icon: IconPencil,
        run: () => void navigate({ to: '/apps/$id/edit', params: { id: app.id } }),
      });
    }
  }
  for (const place of navigation) {
    if (!me.permissions.includes(place.action)) continue;
    entries.push({
      id: place.to,
      group: 'Pages',
      label: place.label,
      hint: `g ${place.key}`,
      icon: place.icon,
      run: () => void navigate({ to: place.to }),
    });
  }
  entries.push({
    id: 'account',
    group: 'Pages',
    label: 'Your account',
    icon: IconUser,
    run: () => void navigate({ to: '/account' }),
  });
  for (const source of sources.data?.items ?? []) {
    entries.push({
      id: source.id,
      group: 'Data sources',
      label: source.name,
      icon: IconDatabase,
      run: () => void navigate({ to: '/sources/$id/{-$environment}', params: { id: source.id } }),
    });
  }
  if (may(me, contract.apps.createApp)) {
    entries.push({
      id: 'new-app',
      group: 'Actions',
      label: 'New app…',
      icon: IconPlus,
      run: () => void navigate({ to: '/', search: { new: 'empty' } }),
    });
    entries.push({
      id: 'generate',
      group: 'Actions',
      label: 'Generate an app from a table…',
      icon: IconPlus,
      run: () => void navigate({ to: '/', search: { new: 'generate' } }),
    });
  }
  if (may(me, contract.sources.connectSource)) {
    entries.push({
      id: 'connect',
      group: 'Actions',
      label: 'Connect a source',
      icon: IconDatabasePlus,
      run: () => void navigate({ to: '/sources/connect' }),
    });
  }
  if (may(me, contract.identity.invite)) {
    entries.push({
      id: 'invite',
      group: 'Actions',
      label: 'Invite a person',
      icon: IconUserPlus,
      run: () => void navigate({ to: '/people', search: { invite: true } }),
    });
  }
  entries.push({
    id: 'shortcuts',
    group: 'Actions',
    label: 'Show keyboard shortcuts',
    hint: '?',
    icon: IconKeyboard,
    run: openShortcuts,
  });
  return entries;
}
