import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { useBuilder } from '../builder-context.ts';
import { setVariable } from '../document/edit-pages.ts';
import { nameProblem } from '../document/identifiers.ts';
import { jsonOrText } from '../inspector/field-text.ts';

/** Adds a variable, or sets its initial value. */
export function VariableDialog({
  name,
  onClose,
}: {
  readonly name: string | undefined;
  readonly onClose: () => void;
}) {
  const { editor } = useBuilder();
  const { variables } = editor.getState().document;
  const [typed, setTyped] = useState(name ?? '');
  const [text, setText] = useState(name === undefined ? '' : JSON.stringify(variables[name]));
  const problem =
    name === undefined && typed !== '' ? nameProblem(typed, new Set(Object.keys(variables))) : undefined;
  const submit = () => {
    if (problem || typed === '') return;
    const value = text.trim() === '' ? null : jsonOrText(text);
    editor
      .getState()
      .edit(name ? `Set ${name}` : `Add variable ${typed}`, (d) => setVariable(d, typed, value));
    onClose();
  };
  return (
    <FormDialog opened onClose={onClose} title={name ? `Initial value of ${name}` : 'Add variable'}>
      <DialogForm
        submit={name ? 'Save' : 'Add variable'}
        disabledReason={typed === '' && 'Enter a name.'}
        onSubmit={submit}
        onClose={onClose}
      >
        {name === undefined && (
          <TextInput
            label="Name"
            data-autofocus
            value={typed}
            error={problem}
            description={`Expressions read it as variables.${typed || 'name'}`}
            styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Textarea
          label="Initial value"
          data-autofocus={name !== undefined || undefined}
          description="JSON, or plain text."
          autosize
          minRows={2}
          maxRows={10}
          value={text}
          styles={{ input: { fontFamily: 'var(--sp-mono)', fontSize: 12 } }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </DialogForm>
    </FormDialog>
  );
}
