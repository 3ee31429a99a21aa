import { X509Certificate } from 'node:crypto';
import { ConnectorError } from './port.ts';

/** The given certificate authorities, once each is a certificate; a text that is none would fail inside the driver. */
export function checkedAuthority(ca: string | undefined): string | undefined {
  if (ca === undefined || ca.trim() === '') return undefined;
  const blocks = ca.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length === 0) throw new Error('no certificate');
    for (const block of blocks) new X509Certificate(block);
    return blocks.join('\n');
  } catch (cause) {
    throw new ConnectorError('source_tls_failed', 'The CA certificate is not in PEM format.', { cause });
  }
}
