import { useMe } from '../lib/session.ts';
import { latePart } from '../ui/late-part.tsx';
import { StillLoading } from '../ui/still-loading.tsx';

const ConsoleShell = latePart(
  () => import('./console-shell.tsx'),
  'ConsoleShell',
  () => <StillLoading />,
);
const MemberShell = latePart(
  () => import('./member-shell.tsx'),
  'MemberShell',
  () => <StillLoading />,
);
const console = ['app:edit', 'source:read', 'person:read', 'audit:read'];

/** Those who build or look after things get the console; members get their apps and nothing to step over. */
export function ConsoleLayout() {
  const me = useMe();
  return me.permissions.some((action) => console.includes(action)) ? <ConsoleShell /> : <MemberShell />;
}
