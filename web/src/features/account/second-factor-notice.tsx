import './second-factor-notice.css';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';
import { hasBeenTold, mustBeTold } from './second-factor-told.ts';

/** Tells a person that somebody else took their second step off, until they set up another or have read it here. */
export function SecondFactorNotice() {
  const me = useMe();
  const [read, setRead] = useState(false);
  if (read || me.secondFactorResetAt === null || !mustBeTold(me)) return null;
  return (
    <div className="sp-page-note" role="status">
      <Note
        tone="warn"
        title="Two-factor authentication was removed from your account."
        action={
          <span className="sp-row">
            <Link to="/account" className="sp-link">
              Set up another
            </Link>
            <Button
              size="xs"
              onClick={() => {
                hasBeenTold(me);
                setRead(true);
              }}
            >
              Dismiss
            </Button>
          </span>
        }
      >
        It was removed by an admin or the server’s operator <Time at={me.secondFactorResetAt} within />. If
        you did not ask for this, contact them.
      </Note>
    </div>
  );
}
