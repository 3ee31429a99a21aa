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
      confirm="Leave and discard changes"
      danger
      onClose={() => leaving.reset?.()}
      onConfirm={() => leaving.proceed?.()}
    >
      Your unsaved changes are only in this tab. They are not on the server, and your browser has no space for
      a copy.
    </ConfirmDialog>
  );
}
