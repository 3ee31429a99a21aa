import { contract, type EnvironmentName } from '@sallyport/contract';
import { IconPlug } from '@tabler/icons-react';
import { useChange } from '../../lib/use-change.ts';
import { Button, type ButtonSize } from '../../ui/button.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';

interface TestButtonProps {
  readonly sourceId: string;
  readonly environment: EnvironmentName;
  readonly size?: ButtonSize;
  readonly label?: string;
  readonly disabledReason?: string | false;
}

/** Connects now, reads version and privileges, and keeps the outcome as the status. */
export function TestButton({
  sourceId,
  environment,
  size = 'sm',
  label = 'Test',
  disabledReason,
}: TestButtonProps) {
  const test = useChange(contract.sources.testSource, {
    refreshes: [contract.sources.listSources, contract.sources.getSource],
    onDone: (place) => {
      const where = environmentNames[environment];
      if (place.status === 'healthy')
        notify({
          tone: 'ok',
          title: `${where} is connected`,
          ...(place.latencyMs === null ? {} : { text: `In ${place.latencyMs.toFixed(1)} ms.` }),
        });
      else
        notify({
          tone: 'bad',
          title: `${where} cannot be reached`,
          text: [place.lastError?.title, place.lastError?.detail].filter(Boolean).join(' '),
        });
    },
    onRefused: (error) => notifyError(error, 'The connection was not tested.'),
  });
  return (
    <Button
      size={size}
      icon={size === 'xs' ? undefined : <IconPlug size={15} stroke={1.75} aria-hidden="true" />}
      busy={test.isPending && 'Testing…'}
      disabledReason={disabledReason}
      onClick={() => test.mutate({ params: { id: sourceId, environment } })}
    >
      {label}
    </Button>
  );
}
