import { Modal } from '@mantine/core';
import { AppBundle, contract } from '@sallyport/contract';
import { useNavigate } from '@tanstack/react-router';
import { type ChangeEvent, useEffect, useState } from 'react';
import type { z } from 'zod';
import { explainError } from '../../lib/explain-error.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';

type Bundle = z.input<typeof AppBundle>;

/** Makes an app from a bundle that was exported here or elsewhere. */
export function ImportDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const [bundle, setBundle] = useState<Bundle>();
  const [wrong, setWrong] = useState<string>();
  const create = useChange(contract.apps.importApp, {
    refreshes: [contract.apps.listApps],
    onDone: (app) => void navigate({ to: '/apps/$id/edit', params: { id: app.id } }),
  });
  const { reset } = create;
  useEffect(() => {
    if (!opened) return;
    setBundle(undefined);
    setWrong(undefined);
    reset();
  }, [opened, reset]);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    setBundle(undefined);
    setWrong(undefined);
    reset();
    if (!file) return;
    try {
      const content: unknown = JSON.parse(await file.text());
      const checked = AppBundle.safeParse(content);
      if (checked.success) setBundle(content as Bundle);
      else {
        const [issue] = checked.error.issues;
        setWrong(`${issue?.path.join('.') || 'The file'}: ${issue?.message}`);
      }
    } catch {
      setWrong('The file is not JSON.');
    }
  };
  const failure = create.error ? explainError(create.error) : undefined;
  return (
    <Modal opened={opened} onClose={onClose} title="Import an app" withCloseButton={false}>
      <p className="sp-t2">A bundle is one JSON file. It holds pages and queries, and no credential.</p>
      <label className="sp-lab" htmlFor="bundle" style={{ marginTop: 12 }}>
        Bundle
      </label>
      <input id="bundle" type="file" accept="application/json,.json" onChange={(event) => void read(event)} />
      {wrong && (
        <div style={{ marginTop: 12 }} role="alert">
          <Note tone="bad" title="This is not a bundle of an app.">
            {wrong}
          </Note>
        </div>
      )}
      {failure && (
        <div style={{ marginTop: 12 }} role="alert">
          <Note tone="bad" title={failure.title}>
            {failure.detail} {failure.next}
          </Note>
        </div>
      )}
      <div className="sp-row" style={{ marginTop: 16, justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          tone="primary"
          busy={create.isPending && 'Importing…'}
          disabledReason={!bundle && 'Choose a bundle first.'}
          onClick={() => bundle && create.mutate({ body: { bundle } })}
        >
          Import the app
        </Button>
      </div>
    </Modal>
  );
}
