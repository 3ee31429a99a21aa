import { contract } from '@sallyport/contract';
import { INSTALLATION } from '../../kernel/ids.ts';
import { type Binding, handle } from '../../platform/http/binding.ts';
import type { Vault } from './index.ts';

/** Binds contract.vault: the organization's key, and the installation's. */
export function routes(door: Vault): Binding[] {
  const { vault } = contract;
  return [
    handle(vault.getVault, (call) => door.read(call)),
    handle(vault.rotateVault, (call) => door.rotate(call)),
    handle(vault.getInstallationVault, (call) => door.read(call, INSTALLATION)),
    handle(vault.rotateInstallationVault, (call) => door.rotate(call, INSTALLATION)),
  ];
}
