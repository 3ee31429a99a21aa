import { contract } from '@sallyport/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { notify } from '../../ui/toast-store.ts';
import { CodeField } from '../entry/code-field.tsx';
import { PasswordField } from '../entry/password-field.tsx';

interface RemoveSecondFactorProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Turns the second step off, with both of what it protects. */
export function RemoveSecondFactor({ opened, onClose }: RemoveSecondFactorProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title="Turn off two-factor authentication?">
      <RemoveSecondFactorForm onClose={onClose} />
    </FormDialog>
  );
}

function RemoveSecondFactorForm({ onClose }: Pick<RemoveSecondFactorProps, 'onClose'>) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const remove = useChange(contract.identity.removeSecondFactor, {
    onDone: () => {
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      onClose();
      notify({
        tone: 'warn',
        title: 'Two-factor authentication is off',
        text: 'Only your password protects your account now.',
      });
    },
  });
  return (
    <DialogForm
      submit="Turn off"
      busy={remove.isPending && 'Turning off…'}
      tone="danger-fill"
      error={remove.error}
      onSubmit={() => remove.mutate({ body: { password, code: code.trim() } })}
      onClose={onClose}
    >
      <p className="sp-t2">
        Only your password will protect your account. Your recovery codes will stop working.
      </p>
      <PasswordField label="Your password" value={password} onValue={setPassword} data-autofocus />
      <CodeField label="Two-factor code or recovery code" value={code} onValue={setCode} />
    </DialogForm>
  );
}
