import { useBlocker } from '@tanstack/react-router';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useBuilder } from '../builder-context.ts';

/** Asks before somebody leaves the editor with work that is saved nowhere and that this browser has no room for (B6). */
export function LeaveQuestion() {
  const { saver, copies } = useBuilder();
  const leaving = useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname === next.pathname || !copies.unkept()) return false;
      await saver.flush();
      return copies.unkept();
    },
    enableBeforeUnload: false,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={leaving.status === 'blocked'}
      title="Leave without saving?"
      confirm="Leave and lose it"
      danger
      onClose={() => leaving.reset?.()}
      onConfirm={() => leaving.proceed?.()}
    >
      What is unsaved of this app is only in this tab: it is not on the server, and this browser has no room
      for a copy.
    </ConfirmDialog>
  );
}
