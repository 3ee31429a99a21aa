import { IconAlertCircle, IconCloud, IconCloudCheck, IconCloudUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';

const UNKEPT = 'Your browser has no space for a copy. Keep this tab open.';

/** Whether the draft is saved, always in sight. */
export function SaveLine() {
  const { saver } = useBuilder();
  const save = useEditor((s) => s.save);
  const kept = useEditor((s) => s.kept);
  const now = useNow(save.state === 'saved' && save.at !== undefined);
  if (save.state === 'failed') {
    return (
      <span className="bd-save" data-state="failed" role="alert">
        <IconAlertCircle size={15} stroke={1.75} aria-hidden="true" />
        <span className="sp-cut" title={`${kept ? '' : `${UNKEPT} `}${save.title} ${save.next}`}>
          {kept ? 'Not saved: ' : 'Only in this tab: '}
          {save.title} {kept ? 'Your changes are kept in this browser' : UNKEPT}
          {kept && (save.retries ? ' and will be saved automatically.' : '.')}
          {!kept && save.retries && ' Trying again automatically.'}
        </span>
        <Button size="xs" onClick={() => void saver.flush()}>
          Try again
        </Button>
      </span>
    );
  }
  if (save.state === 'conflict') {
    return (
      <span className="bd-save" data-state="conflict">
        <IconAlertCircle size={15} stroke={1.75} aria-hidden="true" />
        Not saved: {save.theirs.changedByYou ? 'you saved in another tab' : 'someone else saved'} too
        {!kept && <span title={UNKEPT}>, and it is only in this tab</span>}
      </span>
    );
  }
  const [Icon, text] =
    save.state === 'saved'
      ? [IconCloudCheck, 'Saved']
      : save.state === 'saving'
        ? [IconCloudUp, 'Saving…']
        : [IconCloud, kept ? 'Unsaved' : 'Unsaved, and only in this tab'];
  return (
    <span className="bd-save sp-tn" data-state={save.state} title={kept ? undefined : UNKEPT}>
      <Icon size={15} stroke={1.75} aria-hidden="true" />
      <span>
        <span role="status">{text}</span>
        {/* Read out, it would be said every two seconds. */}
        {save.state === 'saved' && save.at !== undefined && ` ${ago(now - save.at)}`}
      </span>
    </span>
  );
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 2) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 2_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
