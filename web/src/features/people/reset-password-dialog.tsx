import { Modal } from '@mantine/core';
import { contract, type PersonRow } from '@sallyport/contract';
import { useEffect } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { DialogForm } from '../../ui/form-dialog.tsx';
import { Time } from '../../ui/time.tsx';

interface ResetPasswordDialogProps {
  readonly person: PersonRow;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a link to a new password; it is shown once and passed on by the one who made it. */
export function ResetPasswordDialog({ person, opened, onClose }: ResetPasswordDialogProps) {
  const issue = useChange(contract.identity.issuePasswordReset, {
    refreshes: [contract.identity.readOpenPasswordReset],
  });
  const { reset } = issue;
  useEffect(() => {
    if (opened) reset();
  }, [opened, reset]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={issue.data ? 'Pass this link on' : `Reset ${person.name}’s password?`}
      withCloseButton={false}
    >
      {issue.data ? (
        <div className="sp-col sp-g12">
          <p className="sp-t2">
            With it {person.email} chooses a new password, once, until{' '}
            <Time at={issue.data.expiresAt} within />. It is shown now and never again. Give it to nobody
            else.
          </p>
          <CopyField text={issue.data.link} label="Copy the link" />
          <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
            <Button tone="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <DialogForm
          submit="Make the link"
          busy={issue.isPending && 'Making the link…'}
          error={issue.error}
          onSubmit={() => issue.mutate({ params: { id: person.id } })}
          onClose={onClose}
        >
          <p className="sp-t2">
            You get a link that works once, for 24 hours, and voids any before it. The present password goes
            on until they use it; then every session of theirs ends.
            {person.secondFactor && ' Their second step stays on.'}
          </p>
        </DialogForm>
      )}
    </Modal>
  );
}
