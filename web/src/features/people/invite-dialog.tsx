import { Select, TagsInput, TextInput } from '@mantine/core';
import { contract, type RoleName } from '@sallyport/contract';
import { useEffect, useState } from 'react';
import { fieldErrors } from '../../lib/explain-error.ts';
import { useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CopyOnce } from '../../ui/copy-field.tsx';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { Time } from '../../ui/time.tsx';
import { roleNames, rolesUpTo } from './roles.ts';

interface InviteDialogProps {
  readonly opened: boolean;
  readonly groups: readonly string[];
  readonly onClose: () => void;
}

/** Invites by a link, which is shown once and passed on by the one who invites. */
export function InviteDialog({ opened, groups: known, onClose }: InviteDialogProps) {
  const me = useMe();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleName>('member');
  const [groups, setGroups] = useState<string[]>([]);
  // The field that comes back has the keys of the button that went.
  const [again, setAgain] = useState(false);
  const invite = useChange(contract.identity.invite, { refreshes: [contract.identity.listInvitations] });
  const { reset } = invite;
  useEffect(() => {
    if (!opened) return;
    setEmail('');
    setRole('member');
    setGroups([]);
    setAgain(false);
    reset();
  }, [opened, reset]);
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      once={invite.data !== undefined}
      title={invite.data ? 'Share this link' : 'Invite a person'}
    >
      {invite.data ? (
        <div className="sp-col sp-g12">
          <CopyOnce text={invite.data.link} label="Copy link">
            It lets {invite.data.invitation.email} join until{' '}
            <Time at={invite.data.invitation.expiresAt} within />. It is shown only once.
          </CopyOnce>
          <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
            <Button
              onClick={() => {
                setEmail('');
                setAgain(true);
                reset();
              }}
            >
              Invite another
            </Button>
            <Button tone="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <DialogForm
          submit="Create link"
          busy={invite.isPending && 'Creating link…'}
          error={invite.error}
          atFields
          onSubmit={() => invite.mutate({ body: { email, role, groups } })}
          onClose={onClose}
        >
          <TextInput
            type="email"
            label="Email"
            value={email}
            error={fieldErrors(invite.error).email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            required
            withAsterisk={false}
            autoFocus={again}
            data-autofocus
          />
          <Select
            label="Role"
            description={roleWords[role]}
            inputWrapperOrder={['label', 'input', 'description']}
            data={rolesUpTo(me.role).map((value) => ({ value, label: roleNames[value] }))}
            value={role}
            onChange={(value) => setRole((value ?? 'member') as RoleName)}
            allowDeselect={false}
          />
          <TagsInput
            label="Groups"
            data={[...known]}
            value={groups}
            onChange={setGroups}
            maxTags={50}
            placeholder={groups.length === 0 ? 'Type a group, then press Enter' : ''}
          />
        </DialogForm>
      )}
    </FormDialog>
  );
}

const roleWords: Record<RoleName, string> = {
  owner: 'Everything, including the organization’s settings.',
  admin: 'Manages people, data sources, policies and the audit log.',
  builder: 'Builds, edits and publishes apps.',
  member: 'Uses the apps shared with them.',
};
