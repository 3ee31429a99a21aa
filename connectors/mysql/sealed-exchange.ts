import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type mysql from 'mysql2';
import { ConnectorError } from '../port.ts';

/**
 * Without TLS, two ways of MySQL to authenticate encrypt the password itself with a key that the server sends, and nothing
 * says whose key that is: anybody on the way could send their own, and read the password. A proof of the password, as
 * `caching_sha2_password` asks for where the server remembers the user, is given all the same; and within this machine,
 * nobody is on the way. https://dev.mysql.com/doc/refman/8.4/en/caching-sha2-pluggable-authentication.html
 */
export function sealedExchange(driver: typeof mysql, socket: Duplex): mysql.ConnectionOptions {
  if (isLocal(socket)) return {};
  const onServerPublicKey = () => {
    const sentence = 'The source asks for the password itself, over a connection without TLS. Turn TLS on.';
    // The driver gives an error of this kind a code of its own.
    throw new Error('', { cause: new ConnectorError('source_tls_failed', sentence) });
  };
  const { caching_sha2_password, sha256_password } = driver.authPlugins;
  return {
    authPlugins: {
      caching_sha2_password: caching_sha2_password({ onServerPublicKey }),
      sha256_password: sha256_password({ onServerPublicKey }),
    },
  };
}

/** By the peer, not by the name: whoever answers for a name decides where it leads. */
function isLocal(socket: Duplex & Partial<Pick<Socket, 'remoteAddress'>>): boolean {
  return /^(?:::1$|(?:::ffff:)?127\.)/.test(socket.remoteAddress ?? '');
}
