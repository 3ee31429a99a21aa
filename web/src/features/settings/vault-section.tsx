import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { holders, KeyCard } from './key-card.tsx';

/** Which keys seal what, and new ones, online: the organization's, and the installation's for who operates it. */
export function VaultSection() {
  const me = useMe();
  const allowed = may(me, contract.vault.getVault);
  const query = useQuery({ ...reading(contract.vault.getVault), enabled: allowed });
  if (!allowed)
    return (
      <EmptyState
        title="You do not have access to the vault"
        text={`Requires the “vault:read” permission. Ask an admin of ${me.organization.name}.`}
      />
    );
  return (
    <div className="sp-account">
      <section aria-label="Root key">
        <h2 style={{ marginBottom: 10 }}>Root key</h2>
        <DefinitionList
          items={[
            [
              'Root key',
              <span key="r" className="sp-mono">
                {query.data?.rootKeyId ?? '…'}
              </span>,
            ],
            ['Cipher', 'AES-256-GCM, bound to organization, table, row, field and version'],
          ]}
        />
        <p className="sp-hint" style={{ marginTop: 12 }}>
          The root key encrypts the data keys, and a data key encrypts every secret. Back up the root key
          elsewhere. Without it, nothing can be decrypted.
        </p>
      </section>
      <KeyCard holder="organization" />
      {may(me, holders.installation.read) && <KeyCard holder="installation" />}
    </div>
  );
}
