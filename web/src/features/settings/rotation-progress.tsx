import type { ResponseOf, vault } from '@sallyport/contract';
import { count, figure } from '../../lib/number.ts';
import { Time } from '../../ui/time.tsx';

type Rotation = NonNullable<ResponseOf<typeof vault.getVault>['rotation']>;

/** How far a rotation has come. */
export function RotationProgress({ rotation }: { readonly rotation: Rotation }) {
  const { total, done, unopened, startedAt, finishedAt } = rotation;
  const share = total > 0 ? (100 * done) / total : 100;
  return (
    <span className="sp-col sp-g6" style={{ maxWidth: 440 }}>
      <span className="sp-tn">
        {finishedAt ? 'Finished' : 'In progress'}, {figure(done)} of {figure(total)}, started{' '}
        <Time at={startedAt} within />
        {finishedAt && (
          <>
            , finished <Time at={finishedAt} within />
          </>
        )}
      </span>
      {unopened > 0 && (
        <span>
          {count(unopened, 'value')} could not be decrypted and stay under the old key, which was kept. To
          find them, search the log for “vault.open_failed”.
        </span>
      )}
      {!finishedAt && (
        <span
          className="sp-progress"
          role="progressbar"
          aria-label="Rotation"
          aria-valuenow={Math.round(share)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ width: `${share}%` }} />
        </span>
      )}
    </span>
  );
}
