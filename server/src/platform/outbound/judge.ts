import { networkInterfaces } from 'node:os';
import { type AddressClass, addressClass, plainAddress, sameAddress } from './address-class.ts';
import { parseNetwork } from './network.ts';

/** An address that is Sallyport's own: a listener, the public base address, or its database. */
export interface OwnAddress {
  readonly what: 'listener' | 'database';
  /** Resolved addresses; a wildcard (`0.0.0.0`, `::`) or loopback stands for every address of this machine. */
  readonly addresses: readonly string[];
  readonly port: number;
}

export interface EgressRules {
  /** Networks that private and loopback destinations are narrowed to; empty means every private range and no loopback. */
  readonly allow: readonly string[];
  /** What configuration says of this machine itself; when absent, where the server listens decides. */
  readonly loopback?: 'allow' | 'refuse';
  /** Networks refused whatever else is said. */
  readonly deny: readonly string[];
}

export interface Verdict {
  readonly allowed: boolean;
  /** Stable id and name, which the console shows and tests assert. */
  readonly rule: string;
  readonly reason: string;
}

const NEVER: Partial<Record<AddressClass, string>> = {
  'link-local': 'E1 link-local-refused',
  metadata: 'E1 metadata-refused',
  multicast: 'E1 multicast-refused',
  unspecified: 'E1 unspecified-refused',
  broadcast: 'E1 broadcast-refused',
  special: 'E1 reserved-refused',
};

/**
 * Makes the pure decision on one resolved address, to which a source connects: an owner or admin made it, and company
 * databases live in private ranges. Rules are tried in the order of their ids.
 */
export function judge(rules: EgressRules) {
  const allow = rules.allow.map(parseNetwork);
  const deny = rules.deny.map(parseNetwork);
  return (
    address: string,
    port: number,
    own: readonly OwnAddress[],
    listensOnLoopbackOnly: boolean,
  ): Verdict => {
    const kind = addressClass(address);
    const never = NEVER[kind];
    if (never !== undefined) return no(never, `Addresses of the class ${kind} are always blocked.`);
    const mine = own.find((one) => one.port === port && one.addresses.some((a) => reaches(address, a)));
    if (mine?.what === 'database')
      return no('E2 own-database-refused', "This is Sallyport's own database, which no source can use.");
    if (mine !== undefined)
      return no('E2 own-listener-refused', 'This is Sallyport itself, which no source can use.');
    if (deny.some((has) => has(address)))
      return no('E3 denied-by-configuration', 'The configuration denies this network.');
    const listed = allow.some((has) => has(address));
    if (kind === 'loopback') {
      if (rules.loopback === 'refuse')
        return no('E4 loopback-refused-by-configuration', 'The configuration blocks this machine.');
      if (listed || rules.loopback === 'allow')
        return yes('E4 loopback-allowed-by-configuration', 'The configuration allows this loopback address.');
      if (allow.length > 0)
        return no('E4 loopback-refused-by-configuration', 'The configuration only allows other networks.');
      return listensOnLoopbackOnly
        ? yes(
            'E4 loopback-allowed-listening-on-loopback',
            'Loopback is allowed because the server only listens on loopback.',
          )
        : no(
            'E4 loopback-refused',
            'Loopback is blocked because the server also listens on other addresses. The configuration can allow it.',
          );
    }
    if (kind === 'private') {
      if (listed) return yes('E5 private-allowed-by-configuration', 'The configuration allows this network.');
      return allow.length === 0
        ? yes('E5 private-allowed-admin-made', 'Private networks are allowed for sources.')
        : no('E5 private-refused-by-configuration', 'The configuration only allows other networks.');
    }
    return yes('E6 public-allowed', 'A public address.');
  };
}

const yes = (rule: string, reason: string): Verdict => ({ allowed: true, rule, reason });
const no = (rule: string, reason: string): Verdict => ({ allowed: false, rule, reason });

/** Whether a packet to `address` arrives at something that is bound to `bound`. */
function reaches(address: string, bound: string): boolean {
  if (sameAddress(address, bound)) return true;
  // A port of ours counts on every address of this machine: proxies and dual-stack sockets make them one door.
  return isLocal(bound) && isLocal(address);
}

function isLocal(address: string): boolean {
  const kind = addressClass(address);
  if (kind === 'loopback' || kind === 'unspecified') return true;
  const plain = plainAddress(address)?.toNormalizedString();
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((one) => plainAddress(one.address)?.toNormalizedString() === plain),
  );
}
