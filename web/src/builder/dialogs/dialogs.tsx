import { useLayoutEffect } from 'react';
import { AppSettingsDialog } from '../../ui/app-settings-dialog.tsx';
import { rememberFocus } from '../../ui/use-focus-return.ts';
import { useBuilder, useEditor, useView } from '../builder-context.ts';
import { PublishDialog } from '../publish/publish-dialog.tsx';
import { ReleasesDialog } from '../publish/releases-dialog.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { FindDialog } from './find-dialog.tsx';
import { PageDialog } from './page-dialog.tsx';
import { QueryConflictDialog } from './query-conflict-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { VariableDialog } from './variable-dialog.tsx';

/** The dialog that is open. A conflict comes before all others. */
export function Dialogs() {
  const { view, editor } = useBuilder();
  const conflict = useEditor((s) => (s.save.state === 'conflict' ? s.save.theirs : undefined));
  const dialog = useView((s) => s.dialog);
  const close = view.getState().close;
  const open = conflict !== undefined || dialog !== undefined;
  // Before it is drawn: on a busy machine, the dialog would have the keys already.
  useLayoutEffect(() => (open ? rememberFocus() : undefined), [open]);
  if (conflict) return <ConflictDialog theirs={conflict} />;
  switch (dialog?.kind) {
    case 'publish':
      return <PublishDialog onClose={close} />;
    case 'releases':
      return <ReleasesDialog onClose={close} />;
    case 'settings':
      return (
        <AppSettingsDialog
          opened
          app={editor.getState().app}
          onClose={close}
          onSaved={(app) => editor.getState().set({ app })}
        />
      );
    case 'rename':
      return <RenameDialog what={dialog.what} name={dialog.name} onClose={close} />;
    case 'queryConflict':
      return <QueryConflictDialog {...dialog} onClose={close} />;
    case 'page':
      return <PageDialog slug={dialog.slug} onClose={close} />;
    case 'variable':
      return <VariableDialog name={dialog.name} onClose={close} />;
    case 'find':
      return <FindDialog onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case undefined:
      return null;
  }
}
