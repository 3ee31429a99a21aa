import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogForm } from '../../ui/form-dialog.tsx';
import { useBuilder } from '../builder-context.ts';
import { nameProblem } from '../document/identifiers.ts';
import { renameInPages } from '../document/rename-everywhere.ts';
import type { Rename } from '../document/rename-expression.ts';
import { renameInQueries } from '../queries/rename-queries.ts';

/** Renames a component, query or variable with every reference to it. */
export function RenameDialog({
  what,
  name,
  onClose,
}: {
  readonly what: Rename['kind'];
  readonly name: string;
  readonly onClose: () => void;
}) {
  const builder = useBuilder();
  const [to, setTo] = useState(name);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { editor } = builder;
  const taken =
    what === 'variable'
      ? new Set(Object.keys(editor.getState().document.variables))
      : editor.getState().takenNames();
  const problem = to === name ? undefined : nameProblem(to, taken);
  const submit = async () => {
    if (problem || to === name) return;
    setBusy(true);
    setError(undefined);
    const rename: Rename = { kind: what, from: name, to };
    try {
      // The queries first: where one cannot be saved, nothing has another name.
      await renameInQueries(builder, rename);
      editor.getState().edit(`Rename ${name} to ${to}`, (d) => renameInPages(d, rename), { rename });
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Rename ${name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <DialogForm
        submit="Rename"
        busy={busy && 'Renaming…'}
        disabledReason={to === name && 'It has this name.'}
        error={error}
        onSubmit={() => void submit()}
        onClose={onClose}
      >
        <TextInput
          label="Name"
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          spellCheck={false}
          autoComplete="off"
          styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
          value={to}
          error={problem}
          description="Every expression, event and query that names it follows."
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </DialogForm>
    </Modal>
  );
}
