import {
  IconDatabase,
  IconDevices,
  IconLayoutGrid,
  IconListCheck,
  IconSettings,
  IconShieldHalf,
  IconUsers,
} from '@tabler/icons-react';

/** The console's places: in the rail, in the palette and behind `g` and a letter. */
export const navigation = [
  { to: '/', label: 'Apps', icon: IconLayoutGrid, key: 'a', action: 'app:list', group: undefined },
  {
    to: '/sources',
    label: 'Data sources',
    icon: IconDatabase,
    key: 'd',
    action: 'source:read',
    group: undefined,
  },
  { to: '/people', label: 'People', icon: IconUsers, key: 'p', action: 'person:read', group: 'Access' },
  {
    to: '/policies',
    label: 'Policies',
    icon: IconShieldHalf,
    key: 'o',
    action: 'policy:read',
    group: 'Access',
  },
  { to: '/sessions', label: 'Sessions', icon: IconDevices, key: 's', action: 'person:read', group: 'Access' },
  {
    to: '/audit',
    label: 'Audit log',
    icon: IconListCheck,
    key: 'l',
    action: 'audit:read',
    group: 'Evidence',
  },
  {
    to: '/settings/{-$section}',
    label: 'Settings',
    icon: IconSettings,
    key: 't',
    action: 'constant:read',
    group: 'Organization',
  },
] as const;
