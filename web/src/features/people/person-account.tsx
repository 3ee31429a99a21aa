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
        title: `${person.name}’s second step is off`,
        text: 'They are signed out everywhere, and told when they sign in.',
      });
    },
  });
  const reason =
    (!may(me, contract.identity.issuePasswordReset) &&
      `Needs the right “person:reset”. Ask an admin of ${me.organization.name}.`) ||
    (person.id === me.person.id && 'Change your own on your account page.') ||
    (!rolesUpTo(me.role).includes(person.role) && 'Only an owner can do this for an owner.') ||
    (person.disabled && 'Their access is turned off.');
  return (
    <PanelSection>
      <SectionHead title="Account" />
      <p className="sp-t2" style={{ marginBottom: 10 }}>
        Forgot the password, or lost the second step? Nobody can read either; you can let them begin anew.
      </p>
      {!reason && <OpenReset person={person} />}
      <div className="sp-row" style={{ flexWrap: 'wrap' }}>
        <Button size="sm" disabledReason={reason} onClick={() => setAsking('password')}>
          Reset password…
        </Button>
        <Button
          size="sm"
          disabledReason={reason || (!person.secondFactor && 'They have no second step.')}
          onClick={() => {
            remove.reset();
            setAsking('factor');
          }}
        >
          Remove second step…
        </Button>
      </div>
      <ResetPasswordDialog person={person} opened={asking === 'password'} onClose={close} />
      <ConfirmDialog
        opened={asking === 'factor'}
        onClose={close}
        title={`Remove ${person.name}’s second step?`}
        confirm="Remove second step"
        danger
        busy={remove.isPending && 'Removing…'}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: person.id } })}
      >
        Their authenticator app and recovery codes stop working, and every session of theirs ends. Until they
        set up another, the password alone signs them in. Be sure that it is they who ask.
      </ConfirmDialog>
    </PanelSection>
  );
}
