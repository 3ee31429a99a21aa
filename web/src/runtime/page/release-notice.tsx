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
          <span className="sp-m">This app was withdrawn, or you may no longer open it.</span> Copy what you
          still need; its queries do not run any more.
        </span>
      </div>
    );
  }
  return (
    <div className="rt-notice" role="status">
      <span className="sp-grow">
        <span className="sp-m">Release {newer} is out.</span> What you have typed is kept.
      </span>
      <Button size="sm" busy={busy && 'Switching…'} onClick={take}>
        Use release {newer}
      </Button>
    </div>
  );
}
