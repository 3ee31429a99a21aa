import { Menu, useMantineColorScheme } from '@mantine/core';
import { contract } from '@sallyport/contract';
import {
  IconCheck,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconSunMoon,
  IconUser,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEnterOrganization } from '../features/settings/use-enter-organization.ts';
import { endSession, useMe } from '../lib/session.ts';
import { useChange } from '../lib/use-change.ts';
import { notifyError } from '../ui/toast-store.ts';
import { usePersonButton } from './person-button.tsx';

const schemes = [
  { value: 'auto', label: 'System', icon: IconSunMoon },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** Who is signed in, where, and what is theirs: account, organization, colours, the way out. */
export function PersonMenu({
  openShortcuts,
  compact,
}: {
  readonly openShortcuts?: () => void;
  readonly compact?: boolean;
}) {
  const me = useMe();
  const button = usePersonButton(compact);
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useChange(contract.identity.signOut, {
    onDone: () => {
      endSession();
      void navigate({ to: '/signin' });
    },
    onRefused: (error) => notifyError(error, 'You are still signed in'),
  });
  const enter = useEnterOrganization();
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={compact ? 240 : 'target'}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.person.name}, {me.role}
        </Menu.Label>
        <Menu.Item leftSection={<IconUser {...icon} />} onClick={() => void navigate({ to: '/account' })}>
          Your account
        </Menu.Item>
        {openShortcuts && (
          <Menu.Item leftSection={<IconKeyboard {...icon} />} onClick={openShortcuts}>
            Shortcuts
          </Menu.Item>
        )}
        {me.organizations.length > 1 && <Menu.Label>Organization</Menu.Label>}
        {me.organizations.length > 1 &&
          me.organizations.map((organization) => (
            <Menu.Item
              key={organization.id}
              leftSection={
                organization.id === me.organization.id ? (
                  <IconCheck {...icon} />
                ) : (
                  <span style={{ width: 16 }} />
                )
              }
              onClick={() => {
                if (organization.id !== me.organization.id) enter(organization.id);
              }}
            >
              {organization.name}
            </Menu.Item>
          ))}
        <Menu.Label>Colours</Menu.Label>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon {...icon} />}
            rightSection={colorScheme === value ? <IconCheck {...icon} /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={() => signOut.mutate({})}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
