import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useBuilder } from '../builder-context.ts';
import { usesOfQuery } from '../document/uses-of-query.ts';
import { removeQuery } from './query-commands.ts';

/** Asks before a query goes: it is not part of undo. */
export function useRemoveQuery(name: string): { remove: () => void; dialog: ReactNode } {
  const builder = useBuilder();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const uses = open ? usesOfQuery(builder.editor.getState().document, name) : [];
  const go = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await removeQuery(builder, name);
      setOpen(false);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const dialog = open && (
    <ConfirmDialog
      opened
      danger
      title={`Remove ${name}?`}
      confirm={`Remove ${name}`}
      busy={busy && 'Removing…'}
      error={error}
      onClose={() => setOpen(false)}
      onConfirm={() => void go()}
    >
      {uses.length === 0
        ? 'Nothing on the pages uses it. Releases that are already published keep theirs.'
        : `${uses.slice(0, 6).join(', ')} ${uses.length === 1 ? 'uses' : 'use'} it and will show an error. Releases that are already published keep theirs.`}{' '}
      Undo does not bring it back.
    </ConfirmDialog>
  );
  return { remove: () => setOpen(true), dialog };
}
