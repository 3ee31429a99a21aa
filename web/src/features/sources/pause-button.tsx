import { contract, type SourceView } from '@sallyport/contract';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';

/** Stops every query to the source at once, and lets them go on. */
export function PauseButton({
  source,
  disabledReason,
}: {
  readonly source: SourceView;
  readonly disabledReason: string | false;
}) {
  const change = useChange(contract.sources.changeSource, {
    refreshes: [contract.sources.listSources, contract.sources.getSource],
    onDone: ({ name, paused }) =>
      notify(
        paused
          ? { tone: 'warn', title: `${name} was paused`, text: 'Its queries fail until you resume it.' }
          : { tone: 'ok', title: `${name} was resumed` },
      ),
    onRefused: (error) => notifyError(error, `${source.name} was not changed.`),
  });
  const Icon = source.paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Button
      size="sm"
      icon={<Icon size={15} stroke={1.75} aria-hidden="true" />}
      busy={change.isPending && (source.paused ? 'Resuming…' : 'Pausing…')}
      disabledReason={disabledReason}
      onClick={() => change.mutate({ params: { id: source.id }, body: { paused: !source.paused } })}
    >
      {source.paused ? 'Resume' : 'Pause'}
    </Button>
  );
}
