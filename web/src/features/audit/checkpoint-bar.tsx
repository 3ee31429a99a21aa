import { IconCircleCheckFilled, IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { count } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Time } from '../../ui/time.tsx';
import { type LogName, logs } from './logs.ts';

/** The newest signed checkpoint: how much of the log stands under a signature. */
export function CheckpointBar({ log }: { readonly log: LogName }) {
  const query = useQuery({ ...reading(logs[log].checkpoint), refetchInterval: 10_000 });
  if (query.error)
    return (
      <ErrorState
        error={query.error}
        title="The checkpoint could not be loaded."
        retry={() => void query.refetch()}
      />
    );
  const point = query.data;
  if (!point) return <div className="sp-checkpoint" aria-busy="true" />;
  const signed = point.signedAt !== null;
  return (
    <section className="sp-checkpoint" aria-label="Checkpoint">
      {signed ? (
        <span className="sp-ok sp-row sp-g6 sp-b">
          <IconCircleCheckFilled size={16} aria-hidden="true" />
          Signed
        </span>
      ) : (
        <span className="sp-t2 sp-row sp-g6 sp-b">
          <IconClock size={16} stroke={1.75} aria-hidden="true" />
          Not signed yet
        </span>
      )}
      <span className="sp-tn">
        {count(point.treeSize, 'record')} under one root
        {point.pending > 0 && <span className="sp-t3">, {point.pending} not signed yet</span>}
      </span>
      {point.signedAt && (
        <>
          <span className="sp-vsep" />
          <span className="sp-t2 sp-cut sp-checkpoint-by" title={point.origin}>
            Checkpoint <Time at={point.signedAt} seconds />, signed by{' '}
            <span className="sp-mono">{point.origin}</span>
          </span>
        </>
      )}
      <span className="sp-end">
        <Button
          tone="accent"
          size="xs"
          busy={query.isFetching && !query.isPending && 'Loading…'}
          onClick={() => void query.refetch()}
        >
          Refresh
        </Button>
      </span>
    </section>
  );
}
