import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { useBuilder } from '../builder-context.ts';
import { addPage, addressProblem, moveAddress, pageSlug, retitlePage } from '../document/edit-pages.ts';

/** Adds a page, or changes one's name and address. */
export function PageDialog({
  slug,
  onClose,
}: {
  readonly slug: string | undefined;
  readonly onClose: () => void;
}) {
  const { editor } = useBuilder();
  const { document, edit } = editor.getState();
  const [title, setTitle] = useState(slug ? (document.pages[slug]?.title ?? '') : '');
  const [typed, setTyped] = useState(slug);
  const address = typed ?? pageSlug(document, title);
  const problem = addressProblem(document, address, slug);
  const submit = () => {
    if (problem || title.trim() === '') return;
    if (slug === undefined) {
      edit(`Add page ${title}`, (d) => addPage(d, address, title.trim()), { page: address, select: [] });
    } else {
      edit(`Change page ${title}`, (d) => moveAddress(retitlePage(d, slug, title.trim()), slug, address), {
        ...(editor.getState().page === slug && { page: address }),
      });
    }
    onClose();
  };
  return (
    <FormDialog opened onClose={onClose} title={slug ? 'Name and address' : 'Add page'}>
      <DialogForm
        submit={slug ? 'Save' : 'Add page'}
        disabledReason={title.trim() === '' && 'Enter a name.'}
        onSubmit={submit}
        onClose={onClose}
      >
        <TextInput
          label="Name"
          data-autofocus
          maxLength={80}
          value={title}
          onChange={(e) => setTitle(e.currentTarget.value)}
        />
        <TextInput
          label="Address"
          value={address}
          error={title === '' && !slug ? undefined : problem}
          description={slug ? 'Links to the old address will stop working.' : undefined}
          styles={{ input: { fontFamily: 'var(--sp-mono)' } }}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </DialogForm>
    </FormDialog>
  );
}
