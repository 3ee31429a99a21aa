import { readFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import type { SecureContextOptions, Server } from 'node:tls';

interface Files {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Mozilla's "intermediate": what is read on the way stays closed to who gets the key later, and is authenticated (AEAD). */
const SUITES = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

/** What the HTTPS listener is made with: TLS 1.2 and later, with suites of today; null serves plain HTTP. */
export function tlsOptions(files: Files | null): ServerOptions | null {
  return files === null ? null : contextOf(files);
}

/** Reads the files again for new connections, after a renewal; keeps the old pair when the new one is not usable. */
export function renewCertificate(server: Server, files: Files): void {
  server.setSecureContext(contextOf(files));
}

function contextOf(files: Files): SecureContextOptions {
  return {
    cert: readFileSync(files.certFile),
    key: readFileSync(files.keyFile),
    minVersion: 'TLSv1.2',
    ciphers: SUITES.join(':'),
    honorCipherOrder: true,
  };
}
