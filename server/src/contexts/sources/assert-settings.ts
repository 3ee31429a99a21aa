import { checkedAuthority } from '@sallyport/connectors/authority.ts';
import type { ConnectionSettings } from '@sallyport/contract';
import { belongsToConnection, holdsCredential, isHeaderName, isHeaderValue } from './http-header.ts';
import { refuse } from './refusals.ts';

/** A name or an address, and nothing around it: no scheme, no user, no path, no port. */
const HOST = /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_])?\.?|\[?[0-9a-f:.]+\]?)$/iu;

/** Settings hold an address and nothing secret, and can be used as they are (S7). */
export function assertSettings(settings: ConnectionSettings): void {
  if (settings.engine === 'rest') {
    const url = new URL(settings.baseUrl);
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
      throw unfit('baseUrl', 'Scheme, host, port and path only: a credential is given apart, and sealed.');
    settings.headers.forEach(({ name, value }, i) => {
      if (belongsToConnection(name) || holdsCredential(name))
        throw unfit(
          `headers.${i}.name`,
          `${name} is not a setting: a credential is given apart, and sealed.`,
        );
      if (!isHeaderName(name)) throw unfit(`headers.${i}.name`, 'HTTP does not allow this.');
      if (!isHeaderValue(value)) throw unfit(`headers.${i}.value`, 'HTTP does not allow this.');
    });
    if (!settings.testPath.startsWith('/')) throw unfit('testPath', 'A path starts with a slash.');
  } else if (!HOST.test(settings.host)) {
    throw unfit('host', 'A host name or an address alone; the port has a field of its own.');
  }
  try {
    checkedAuthority(settings.ca);
  } catch {
    throw unfit('ca', 'One or more certificates in PEM form.');
  }
}

const unfit = (field: string, message: string) =>
  refuse('source_settings_unfit', { places: [{ path: `settings.${field}`, message }] });
