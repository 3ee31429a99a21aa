import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isStillSession, useMe } from '../lib/session.ts';
import { useUnsentWork } from '../lib/unsent-work.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface LeaveQuestionProps {
  /** Whether something that was typed would be lost. */
  readonly loses: () => boolean | Promise<boolean>;
  /** Whether the browser asks too, before a reload and before its tab is closed. */
  readonly beforeUnload?: () => boolean;
  /** What would be lost. */
  readonly children: ReactNode;
}

/** Asks before somebody leaves a page with what they typed and did not save. */
export function LeaveQuestion({ loses, beforeUnload, children }: LeaveQuestionProps) {
  const me = useMe();
  useUnsentWork(beforeUnload ?? (() => false));
  const leaving = useBlocker({
    // Who signed out, or went over to another organization, has left already.
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isStillSession(me) && loses(),
    enableBeforeUnload: beforeUnload ?? false,
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
      {children}
    </ConfirmDialog>
  );
}
