import { contract } from '@sallyport/contract';
import { type Binding, handle } from '../../platform/http/binding.ts';
import type { Vault } from './index.ts';

/** Binds contract.vault. */
export function routes(door: Vault): Binding[] {
  return [
    handle(contract.vault.getVault, (call) => door.read(call)),
    handle(contract.vault.rotateVault, (call) => door.rotate(call)),
  ];
}
