import { Button } from '../../ui/button.tsx';

/** Says that this is no longer the newest; nothing changes under the person's hands until they ask. */
export function ReleaseNotice({
  newer,
  take,
  busy,
}: {
  readonly newer: number | 'gone';
  readonly take: () => void;
  readonly busy: boolean;
}) {
  if (newer === 'gone') {
    return (
      <div className="rt-notice rt-notice-bad" role="status">
        <span className="sp-grow">
          <span className="sp-m">This app was removed, or you no longer have access to it.</span> Copy
          anything you need. Its queries no longer run.
        </span>
      </div>
    );
  }
  return (
    <div className="rt-notice" role="status">
      <span className="sp-grow">
        <span className="sp-m">Release {newer} is available.</span> What you typed is kept.
      </span>
      <Button size="sm" busy={busy && 'Switching…'} onClick={take}>
        Use release {newer}
      </Button>
    </div>
  );
}
