import { IconSelector } from '@tabler/icons-react';
import { useMe } from '../lib/session.ts';
import { initials } from '../ui/initials.ts';
import { OpensLater } from '../ui/opens-later.tsx';

const loadMenu = () => import('./person-menu.tsx').then((file) => file.PersonMenu);

interface PersonButtonProps {
  readonly openShortcuts?: () => void;
  readonly compact?: boolean;
}

/** Who is signed in; opens what is theirs. */
export function PersonButton(props: PersonButtonProps) {
  const button = usePersonButton(props.compact);
  return <OpensLater load={loadMenu} popup="menu" button={button} given={props} />;
}

/** The button alone, as the loaded menu draws it too. */
export function usePersonButton(compact: boolean | undefined) {
  const me = useMe();
  return compact ? (
    <button
      type="button"
      className="sp-av sp-av-button"
      aria-label={`${initials(me.person.name)}, ${me.person.name}: account and sign-out`}
    >
      {initials(me.person.name)}
    </button>
  ) : (
    <button type="button" className="sp-person">
      <span className="sp-av">{initials(me.organization.name)}</span>
      <span className="sp-col sp-grow">
        <span className="sp-m sp-sm sp-cut">{me.organization.name}</span>
        <span className="sp-xs sp-t3 sp-cut">{me.person.email}</span>
      </span>
      <IconSelector size={16} stroke={1.75} aria-hidden="true" />
    </button>
  );
}
