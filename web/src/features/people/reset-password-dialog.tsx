import { contract, type PersonRow } from '@sallyport/contract';
import { useEffect } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CopyOnce } from '../../ui/copy-field.tsx';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
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
    <FormDialog
      opened={opened}
      onClose={onClose}
      once={issue.data !== undefined}
      title={issue.data ? 'Share this link' : `Reset ${person.name}’s password?`}
    >
      {issue.data ? (
        <div className="sp-col sp-g12">
          <CopyOnce text={issue.data.link} label="Copy link">
            With this link, {person.email} can choose a new password. It works once, until{' '}
            <Time at={issue.data.expiresAt} within />. It is shown only once. Do not share it with anyone
            else.
          </CopyOnce>
          <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
            <Button tone="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <DialogForm
          submit="Create link"
          busy={issue.isPending && 'Creating link…'}
          error={issue.error}
          onSubmit={() => issue.mutate({ params: { id: person.id } })}
          onClose={onClose}
        >
          <p className="sp-t2">
            You get a link that works once within 24 hours and replaces any earlier link. Their current
            password works until they use it. Then they are signed out everywhere.
            {person.secondFactor && ' Two-factor authentication stays on.'}
          </p>
        </DialogForm>
      )}
    </FormDialog>
  );
}
