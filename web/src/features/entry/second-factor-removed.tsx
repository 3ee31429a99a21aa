import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';
import { EntryBox } from './entry-box.tsx';

interface SecondFactorRemovedProps {
  readonly at: string;
  readonly onGoOn: () => void;
}

/** What a person is told at the sign-in after somebody else took their second step off. */
export function SecondFactorRemoved({ at, onGoOn }: SecondFactorRemovedProps) {
  return (
    <EntryBox title="Two-factor authentication was removed from your account">
      <div className="sp-fields">
        <Note tone="warn">
          It was removed by an admin or the server’s operator <Time at={at} within />. If you did not ask for
          this, contact them.
        </Note>
        <LinkButton to="/account" tone="primary" size="lg" block>
          Set up another
        </LinkButton>
        <Button tone="ghost" block onClick={onGoOn}>
          Continue without it
        </Button>
      </div>
    </EntryBox>
  );
}
