import { contract } from '@sallyport/contract';
import { type Connection, request } from '../../client.ts';

const { vault } = contract;

/** Whose key: the organization's, and the installation's (second factors), which its operators alone may rotate. */
export const HOLDERS = {
  organization: { words: 'The organization', read: vault.getVault, rotate: vault.rotateVault },
  installation: {
    words: 'The installation',
    read: vault.getInstallationVault,
    rotate: vault.rotateInstallationVault,
  },
} as const;
export type Holder = keyof typeof HOLDERS;

/** What a rotation that ended could not do, in words. */
export const leftOver = (unopened: number): string =>
  `${unopened} could not be opened and stayed under the old key, which was kept. The log names each (vault.open_failed).`;

/** Which of them policy opens to this person, for reading or for rotating. */
export async function holdersFor(connection: Connection, what: 'read' | 'rotate'): Promise<Holder[]> {
  const { permissions } = await request(connection, contract.identity.getMe);
  return (Object.keys(HOLDERS) as Holder[]).filter((one) =>
    permissions.includes(HOLDERS[one][what].permission),
  );
}
