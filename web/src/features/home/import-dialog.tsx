import { type AppBundle, contract } from '@sallyport/contract';
import { useNavigate } from '@tanstack/react-router';
import { type ChangeEvent, useState } from 'react';
import type { z } from 'zod';
import { loadPart } from '../../lib/load-part.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { notifyError } from '../../ui/toast-store.ts';

type Bundle = z.input<typeof AppBundle>;

interface ImportDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes an app from a bundle that was exported here or elsewhere. */
export function ImportDialog({ opened, onClose }: ImportDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title="Import an app">
      <ImportForm onClose={onClose} />
    </FormDialog>
  );
}

function ImportForm({ onClose }: Pick<ImportDialogProps, 'onClose'>) {
  const navigate = useNavigate();
  const [bundle, setBundle] = useState<Bundle>();
  const [wrong, setWrong] = useState<string>();
  const create = useChange(contract.apps.importApp, {
    refreshes: [contract.apps.listApps],
    onDone: (app) => void navigate({ to: '/apps/$id/edit', params: { id: app.id } }),
  });
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    setBundle(undefined);
    setWrong(undefined);
    create.reset();
    if (!file) return;
    try {
      const content: unknown = JSON.parse(await file.text());
      const { bundleComplaint } = await loadPart(() => import('./bundle-complaint.ts'));
      const complaint = bundleComplaint(content);
      if (complaint === undefined) setBundle(content as Bundle);
      else setWrong(complaint);
    } catch (error) {
      if (error instanceof SyntaxError) setWrong('The file is not valid JSON.');
      else notifyError(error);
    }
  };
  return (
    <DialogForm
      submit="Import app"
      busy={create.isPending && 'Importing…'}
      disabledReason={!bundle && 'Choose a file first.'}
      error={create.error}
      onSubmit={() => bundle && create.mutate({ body: { bundle } })}
      onClose={onClose}
    >
      <p className="sp-t2">
        A bundle is a JSON file with the app’s pages and queries. It contains no credentials.
      </p>
      <div>
        <label className="sp-lab" htmlFor="bundle">
          Bundle
        </label>
        <input
          id="bundle"
          type="file"
          accept="application/json,.json"
          onChange={(event) => void read(event)}
        />
      </div>
      {wrong && (
        <div role="alert">
          <Note tone="bad" title="This file is not an app bundle.">
            {wrong}
          </Note>
        </div>
      )}
    </DialogForm>
  );
}
