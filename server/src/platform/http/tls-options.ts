import { readFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import type { SecureContextOptions, Server } from 'node:tls';

interface Files {
  readonly certFile: string;
  readonly keyFile: string;
}

/** What the HTTPS listener is made with: TLS 1.2 and later; null serves plain HTTP. */
export function tlsOptions(files: Files | null): ServerOptions | null {
  return files === null ? null : { ...pair(files), minVersion: 'TLSv1.2', honorCipherOrder: true };
}

/** Reads the files again for new connections, after a renewal; keeps the old pair when the new one is not usable. */
export function renewCertificate(server: Server, files: Files): void {
  server.setSecureContext({ ...pair(files), minVersion: 'TLSv1.2', honorCipherOrder: true });
}

function pair(files: Files): SecureContextOptions {
  return { cert: readFileSync(files.certFile), key: readFileSync(files.keyFile) };
}
