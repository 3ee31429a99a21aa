import { contract, type PersonRow } from '@sallyport/contract';
import { useState } from 'react';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { notify } from '../../ui/toast-store.ts';
import { OpenReset } from './open-reset.tsx';
import { ResetPasswordDialog } from './reset-password-dialog.tsx';
import { rolesUpTo } from './roles.ts';

/** For a person who forgot the password, or lost the second step. */
export function PersonAccount({ person }: { readonly person: PersonRow }) {
  const me = useMe();
  const [asking, setAsking] = useState<'password' | 'factor'>();
  const close = () => setAsking(undefined);
  const remove = useChange(contract.identity.resetSecondFactor, {
    refreshes: [
      contract.identity.listPeople,
      contract.identity.listPersonSessions,
      contract.identity.listOrganizationSessions,
    ],
    onDone: () => {
      close();
      notify({
        tone: 'warn',
        title: `Two-factor authentication was removed for ${person.name}`,
        text: 'They were signed out everywhere and will be notified when they sign in.',
      });
    },
  });
  const reason =
    (!may(me, contract.identity.issuePasswordReset) &&
      `Requires the “person:reset” permission. Ask an admin of ${me.organization.name}.`) ||
    (person.id === me.person.id && 'Change yours on your account page.') ||
    (!rolesUpTo(me.role).includes(person.role) && 'Only an owner can do this for another owner.') ||
    (person.disabled && 'Their access is turned off.');
  return (
    <PanelSection>
      <SectionHead title="Account" />
      <p className="sp-t2" style={{ marginBottom: 10 }}>
        If they forgot their password or lost their authenticator, you can reset it.
      </p>
      {!reason && <OpenReset person={person} />}
      <div className="sp-row" style={{ flexWrap: 'wrap' }}>
        <Button size="sm" disabledReason={reason} onClick={() => setAsking('password')}>
          Reset password…
        </Button>
        <Button
          size="sm"
          disabledReason={reason || (!person.secondFactor && 'They do not use two-factor authentication.')}
          onClick={() => {
            remove.reset();
            setAsking('factor');
          }}
        >
          Remove two-factor…
        </Button>
      </div>
      <ResetPasswordDialog person={person} opened={asking === 'password'} onClose={close} />
      <ConfirmDialog
        opened={asking === 'factor'}
        onClose={close}
        title={`Remove two-factor authentication for ${person.name}?`}
        confirm="Remove two-factor"
        danger
        busy={remove.isPending && 'Removing…'}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: person.id } })}
      >
        Their authenticator app and recovery codes stop working, and they are signed out everywhere. Until
        they set it up again, only their password protects their account. Make sure that the request really
        comes from them.
      </ConfirmDialog>
    </PanelSection>
  );
}
