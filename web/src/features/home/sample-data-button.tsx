import { contract } from '@sallyport/contract';
import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { notifyError } from '../../ui/toast-store.ts';

/** Connects the demo's database and opens its app, where the server was started with one. */
export function SampleDataButton() {
  const me = useMe();
  const navigate = useNavigate();
  const demo = useQuery({ ...reading(contract.system.getDemo), enabled: may(me, contract.system.getDemo) });
  const install = useChange(contract.system.installDemo, {
    refreshes: [contract.apps.listApps, contract.sources.listSources, contract.system.getDemo],
    onDone: ({ slug }) => void navigate({ to: '/a/$slug/{-$page}', params: { slug } }),
    onRefused: (error) => notifyError(error, 'The sample data was not connected.'),
  });
  if (!demo.data?.available || demo.data.installed) return null;
  return (
    <Button
      icon={<IconFlask size={16} stroke={1.75} aria-hidden="true" />}
      busy={install.isPending && 'Connecting…'}
      onClick={() => install.mutate({})}
    >
      Sample data
    </Button>
  );
}
