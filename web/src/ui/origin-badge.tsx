import { IconFingerprint, IconLock, IconUser } from '@tabler/icons-react';
import { Badge } from './badge.tsx';

export type Origin = 'user' | 'identity' | 'constant';

/** Where an argument's value comes from. `short` is for inside SQL. */
export function OriginBadge({ origin, short }: { readonly origin: Origin; readonly short?: boolean }) {
  const icon = { size: 12, stroke: 2, 'aria-hidden': true } as const;
  if (origin === 'user') {
    return (
      <Badge tone="accent" icon={<IconUser {...icon} />}>
        {short ? 'user' : 'from the user'}
      </Badge>
    );
  }
  if (origin === 'identity') {
    return (
      <Badge tone="ok" icon={<IconFingerprint {...icon} />}>
        {short ? 'identity' : 'identity (server)'}
      </Badge>
    );
  }
  return <Badge icon={<IconLock {...icon} />}>constant</Badge>;
}
