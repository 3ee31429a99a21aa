import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useBuilder } from '../builder-context.ts';
import { usesOfQuery } from '../document/uses-of-query.ts';
import { removeQuery } from './query-commands.ts';

/** Asks before a query goes: it is not part of undo. */
export function useRemoveQuery(name: string): { remove: () => void; dialog: ReactNode } {
  const builder = useBuilder();
  const [open, setOpen] = useState(false);
  const { document, queries } = builder.editor.getState();
  const uses = open ? usesOfQuery(document, queries, name) : [];
  const removal = useMutation({
    mutationFn: () => removeQuery(builder, name),
    onSuccess: () => setOpen(false),
  });
  const dialog = open && (
    <ConfirmDialog
      opened
      danger
      title={`Remove ${name}?`}
      confirm={`Remove ${name}`}
      busy={removal.isPending && 'Removing…'}
      error={removal.error}
      onClose={() => setOpen(false)}
      onConfirm={() => removal.mutate()}
    >
      {uses.length === 0
        ? 'No page or query uses it. Published releases are not affected.'
        : `${uses.slice(0, 6).join(', ')} ${uses.length === 1 ? 'uses' : 'use'} it and will show an error. Published releases are not affected.`}{' '}
      You cannot undo this.
    </ConfirmDialog>
  );
  return { remove: () => setOpen(true), dialog };
}
