import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { Secret } from '../../kernel/secret.ts';
import { plainAddress } from '../outbound/address-class.ts';

export interface Listen {
  readonly host: string;
  readonly port: number;
  readonly loopback: boolean;
}

export function directory(text: string): string {
  return resolve(text);
}

/** `host:port`; an IPv6 address in brackets. */
export function listen(text: string): Listen {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  if (host === undefined) throw new Error('it is not an address and a port');
  if (port > 65_535) throw new Error('the last port is 65535');
  if (!isAddress(host) && host !== 'localhost')
    throw new Error('the host must be an address of this machine, or localhost');
  return { host, port, loopback: isLoopback(host) };
}

export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  return isAddress(host) && ipaddr.process(host).range() === 'loopback';
}

/** As people write them: `ipaddr.js` alone takes 2130706433 and 0x7f.1 for addresses too. */
export function isAddress(host: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host);
}

/** The origin of an address: scheme, host and port, nothing after it. */
export function origin(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new Error('it is not an http or https address');
  if (url.username !== '' || url.password !== '') throw new Error('it must not hold a user or password');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw new Error('it must end after the host and port: Sallyport is served at the root of its host');
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    throw new Error('plain http is for this machine only; use https');
  return url;
}

/**
 * Networks in CIDR notation or single addresses, separated by commas. Written in full: `10/8` means 0.0.0.10/8 to the
 * library, and a network that means another than its writer meant denies nothing.
 */
export function networks(text: string): readonly string[] {
  const items = list(text);
  // An empty list would mean “everything”.
  if (items.length === 0) throw new Error('it names none');
  for (const item of items) {
    const address = item.split('/')[0] ?? '';
    try {
      if (!isAddress(address)) throw new Error('not in full');
      if (item.includes('/')) ipaddr.parseCIDR(item);
    } catch {
      throw new Error(`“${item}” is not a network such as 10.0.0.0/8 or an address`);
    }
    // Addresses are compared in their plain form.
    if (address.includes(':') && plainAddress(address)?.kind() === 'ipv4')
      throw new Error(`“${item}” is an IPv4 network in IPv6; write it as IPv4, such as 10.0.0.0/8`);
  }
  return items;
}

/** Wider than the networks of any proxies. All private addresses of IPv6 are one, of 7 bits. */
function isWide(item: string): boolean {
  if (!item.includes('/')) return false;
  const [address, bits] = ipaddr.parseCIDR(item);
  if (address.kind() === 'ipv4') return bits < 8;
  return bits < (address.range() === 'uniqueLocal' ? 7 : 24);
}

/** As `networks`, but not so wide that anybody could be a proxy and name any address as the client's. */
export function proxies(text: string): readonly string[] {
  const items = networks(text);
  const wide = items.find(isWide);
  if (wide !== undefined)
    throw new Error(
      `${wide} would let strangers name any address as theirs; give the addresses of the proxy`,
    );
  return items;
}

export function oneOf<const T extends readonly string[]>(...values: T): (text: string) => T[number] {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found === undefined) throw new Error(`“${text.slice(0, 40)}” is not one of the allowed values`);
    return found;
  };
}

export function yesOrNo(text: string): boolean {
  return oneOf('yes', 'no')(text) === 'yes';
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,9}$/.test(text) || value < least || value > most)
      throw new Error(`it is not a whole number from ${least} to ${most}`);
    return value;
  };
}

/** A PostgreSQL address that names its database; never printed. */
export function postgresUrl(text: string): Secret<URL> {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:'))
    throw new Error('it is not the address of a PostgreSQL');
  if (![url.username, url.password, url.hostname, url.pathname].every(isEscaped))
    throw new Error('it contains a percent sign that starts no escape; write %25 for one');
  if (url.pathname.length < 2) throw new Error('it does not name a database');
  if (url.username === '') throw new Error('it does not name a user');
  const known = new Set(['host', 'sslmode']);
  const unknown = [...url.searchParams.keys()].find((key) => !known.has(key));
  if (unknown !== undefined)
    throw new Error(`it has the parameter ${unknown.slice(0, 40)}; only host and sslmode are read`);
  return new Secret(url);
}

function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Any text that is to be a key; the vault looks at it more closely. */
export function key(text: string): Secret {
  if (text.length < 32) throw new Error('it is too short for 32 bytes');
  return new Secret(text);
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
