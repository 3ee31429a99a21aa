import { useSlow } from './use-slow.ts';

/** A bar where a text will be. */
export const SkeletonBar = ({
  width = '60%',
  right,
}: {
  readonly width?: number | string;
  readonly right?: boolean;
}) => <i className="sp-skeleton" style={{ width, marginLeft: right ? 'auto' : undefined }} />;

/** Lines of the height that the real ones will have, after 150 ms. */
export function SkeletonLines({
  lines = 4,
  height = 36,
}: {
  readonly lines?: number;
  readonly height?: number;
}) {
  const shown = useSlow(true);
  return (
    <div aria-busy="true" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <div key={line} style={{ height, display: 'flex', alignItems: 'center' }}>
          {shown && <SkeletonBar width={`${[64, 42, 78, 53, 70][line % 5]}%`} />}
        </div>
      ))}
    </div>
  );
}
