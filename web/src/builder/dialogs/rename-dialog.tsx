import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { useBuilder } from '../builder-context.ts';
import { nameProblem } from '../document/identifiers.ts';
import { renameInPages } from '../document/rename-everywhere.ts';
import type { Rename } from '../document/rename-expression.ts';
import { takenOrBegun } from '../queries/query-commands.ts';
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
  const { editor } = builder;
  const taken =
    what === 'variable' ? new Set(Object.keys(editor.getState().document.variables)) : takenOrBegun(builder);
  const problem = to === name ? undefined : nameProblem(to, taken);
  const change = useMutation({
    mutationFn: async () => {
      const rename: Rename = { kind: what, from: name, to };
      // The queries first: where one cannot be saved, nothing has another name.
      await renameInQueries(builder, rename);
      editor.getState().edit(`Rename ${name} to ${to}`, (d) => renameInPages(d, rename), { rename });
    },
    onSuccess: onClose,
  });
  return (
    <FormDialog opened onClose={onClose} title={`Rename ${name}`}>
      <DialogForm
        submit="Rename"
        busy={change.isPending && 'Renaming…'}
        disabledReason={to === name && 'This is already its name.'}
        error={change.error}
        onSubmit={() => {
          if (!problem && to !== name) change.mutate();
        }}
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
          description="Expressions, events and queries that use it are updated."
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </DialogForm>
    </FormDialog>
  );
}
