import ipaddr from 'ipaddr.js';
import { plainAddress } from './address-class.ts';

/** A network in CIDR notation, or one address. Throws on anything else, so that configuration refuses to boot. */
export function parseNetwork(text: string): (address: string) => boolean {
  const whole = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
  const [network, bits] = ipaddr.parseCIDR(whole);
  return (address) => {
    const plain = plainAddress(address);
    if (plain === undefined || plain.kind() !== network.kind()) return false;
    return plain.match([network, bits] as [ipaddr.IPv4 & ipaddr.IPv6, number]);
  };
}
