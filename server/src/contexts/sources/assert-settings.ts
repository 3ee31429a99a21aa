import { checkedAuthority } from '@sallyport/connectors/authority.ts';
import type { ConnectionSettings } from '@sallyport/contract';
import {
  belongsToConnection,
  changesMethod,
  holdsCredential,
  isHeaderName,
  isHeaderValue,
  NO_HEADER_VALUE,
} from './http-header.ts';
import { refuse } from './refusals.ts';
import type { Engine } from './source.ts';

/** A name or an address, and nothing around it: no scheme, no user, no path, no port. */
const HOST = /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_])?\.?|\[?[0-9a-f:.]+\]?)$/iu;

/**
 * Settings hold an address and nothing secret, and can be used as they are (S7). `within` is where they stand in the
 * request, for the place that is named.
 */
export function assertSettings(settings: ConnectionSettings, within = ''): void {
  const unfit = (field: string, message: string) =>
    refuse('source_settings_unfit', { places: [{ path: `${within}settings.${field}`, message }] });
  if (settings.engine === 'rest') {
    const url = new URL(settings.baseUrl);
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
      throw unfit('baseUrl', 'Enter only the scheme, host, port and path. The credential has its own field.');
    settings.headers.forEach(({ name, value }, i) => {
      if (belongsToConnection(name) || holdsCredential(name))
        throw unfit(`headers.${i}.name`, `${name} is not a setting. The credential has its own field.`);
      if (changesMethod(name))
        throw unfit(`headers.${i}.name`, 'The method of a request is that of its query.');
      if (!isHeaderName(name)) throw unfit(`headers.${i}.name`, 'This is not valid in HTTP.');
      if (!isHeaderValue(value)) throw unfit(`headers.${i}.value`, NO_HEADER_VALUE);
    });
    if (!settings.testPath.startsWith('/')) throw unfit('testPath', 'The path must start with /.');
  } else if (!HOST.test(settings.host)) {
    throw unfit('host', 'Enter only a host name or address. The port has its own field.');
  }
  try {
    checkedAuthority(settings.ca);
  } catch {
    throw unfit('ca', 'Enter one or more certificates in PEM format.');
  }
}

/** All environments of a source are of one engine: its queries are written for it. */
export function engineFixed(engine: Engine, within = '') {
  return refuse('source_engine_fixed', {
    places: [{ path: `${within}settings.engine`, message: `This data source is ${engine}.` }],
  });
}
