import { Menu } from '@mantine/core';
import { contract, type EnvironmentName, type SourceView } from '@sallyport/contract';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useChange } from '../../lib/use-change.ts';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';

const all: readonly EnvironmentName[] = ['development', 'staging', 'production'];

/** Adds an environment, at first with the address of one that exists and without a credential. */
export function AddEnvironment({
  source,
  disabledReason,
}: {
  readonly source: SourceView;
  readonly disabledReason: string | false;
}) {
  const navigate = useNavigate();
  const missing = all.filter((name) => !source.environments.some((e) => e.environment === name));
  const add = useChange(contract.sources.setSourceEnvironment, {
    refreshes: [contract.sources.listSources, contract.sources.getSource, contract.catalog.getCatalog],
    onDone: (_, { params }) => {
      notify({
        tone: 'warn',
        title: `${environmentNames[params.environment]} was added`,
        text: 'Check its address, then set its credential.',
      });
      void navigate({
        to: '/sources/$id/{-$environment}',
        params: { id: source.id, environment: params.environment },
      });
    },
    onRefused: (error) => notifyError(error, 'The environment was not added.'),
  });
  const [pattern] = source.environments;
  const button = (
    <IconButton
      small
      className="sp-end sp-add-env"
      label="Add environment"
      icon={<IconPlus size={14} stroke={2} />}
      busy={add.isPending}
      disabledReason={disabledReason}
    />
  );
  if (disabledReason || !pattern) return button;
  return (
    <Menu position="bottom-end">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {missing.map((environment) => (
          <Menu.Item
            key={environment}
            onClick={() =>
              add.mutate({ params: { id: source.id, environment }, body: { settings: pattern.settings } })
            }
          >
            {environmentNames[environment]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
