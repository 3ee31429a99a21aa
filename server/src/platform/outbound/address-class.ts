import ipaddr from 'ipaddr.js';

/** What kind of place an address is. `special` holds everything that no source can live at. */
export type AddressClass =
  | 'public'
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'metadata'
  | 'multicast'
  | 'unspecified'
  | 'broadcast'
  | 'special';

/** Instance metadata and host agents of the large clouds that lie outside of the link-local range. */
const METADATA = new Set([
  '169.254.169.254',
  '169.254.169.253',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2:0:0:0:0:0:254',
  'fd00:ec2:0:0:0:0:0:23',
  'fd20:ce:0:0:0:0:0:254',
]);

const BY_RANGE: Readonly<Record<string, AddressClass>> = {
  unicast: 'public',
  private: 'private',
  carrierGradeNat: 'private',
  uniqueLocal: 'private',
  loopback: 'loopback',
  linkLocal: 'link-local',
  multicast: 'multicast',
  unspecified: 'unspecified',
  broadcast: 'broadcast',
};

/**
 * The plain form of an address: an IPv6 form that carries an IPv4 address (mapped, compatible, NAT64 RFC 6052, 6to4 RFC 3056)
 * becomes that IPv4 address, since that is where the packet ends. Without a zone (RFC 4007), which says by which interface a
 * packet leaves, not where it ends. Undefined when it is no address.
 */
export function plainAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!ipaddr.IPv6.isValid(text) && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
  const bytes = ipaddr.parse(text).toByteArray();
  const address = ipaddr.fromByteArray(bytes);
  if (address.kind() === 'ipv4') return address;
  switch (address.range()) {
    case 'ipv4Mapped':
    case 'rfc6145':
    case 'rfc6052':
      return ipaddr.fromByteArray(bytes.slice(12));
    case '6to4':
      return ipaddr.fromByteArray(bytes.slice(2, 6));
    case 'unicast':
      // The form of RFC 4291, 2.5.5.1, deprecated: only an IPv4 address can follow twelve zeros.
      return bytes.slice(0, 12).every((byte) => byte === 0) ? ipaddr.fromByteArray(bytes.slice(12)) : address;
    default:
      return address;
  }
}

/** Classifies an address by where its packets end; an unknown or reserved range is `special`, never `public`. */
export function addressClass(text: string): AddressClass {
  const plain = plainAddress(text);
  if (plain === undefined) return 'special';
  if (METADATA.has(plain.toNormalizedString())) return 'metadata';
  const kind = BY_RANGE[plain.range()] ?? 'special';
  return kind === 'public' && plain.kind() === 'ipv6' && !isGlobalUnicast(plain) ? 'special' : kind;
}

/** 2000::/3 is all of IPv6 that is assigned to global unicast (IANA); to the library, whatever it knows no range of is. */
const isGlobalUnicast = (address: ipaddr.IPv4 | ipaddr.IPv6) => address.toByteArray()[0]! >> 5 === 1;

/** One spelling for one address, so that two can be compared. */
export function sameAddress(a: string, b: string): boolean {
  const [left, right] = [plainAddress(a), plainAddress(b)];
  return (
    left !== undefined && right !== undefined && left.toNormalizedString() === right.toNormalizedString()
  );
}
