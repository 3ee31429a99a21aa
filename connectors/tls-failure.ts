import { ConnectorError } from './port.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "The source's certificate has expired.",
  CERT_NOT_YET_VALID: "The source's certificate is not valid yet.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "The source's certificate is self-signed. Add it as CA certificate, or connect without verifying it.",
  SELF_SIGNED_CERT_IN_CHAIN: "The source's certificate is from an unknown authority. Add its CA certificate.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "The source's certificate is from an unknown authority, or comes without an intermediate certificate. Add the missing CA certificates.",
  UNABLE_TO_GET_ISSUER_CERT: "The source's certificate is from an unknown authority. Add its CA certificate.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "The source's certificate is from an unknown authority. Add its CA certificate.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The source's certificate is for a different host name.",
};

/** What TLS 1.3 says once the handshake is over (RFC 8446, 6.2), and PostgreSQL in its own words. */
const CERTIFICATE_ASKED = /alert certificate required|requires a valid client certificate/i;

/** Some drivers keep the words of a failure and lose its code. */
const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/certificate has expired/i, SENTENCES.CERT_HAS_EXPIRED!],
  [/not yet valid/i, SENTENCES.CERT_NOT_YET_VALID!],
  [/does not match certificate/i, SENTENCES.ERR_TLS_CERT_ALTNAME_INVALID!],
  [/unable to verify/i, SENTENCES.UNABLE_TO_VERIFY_LEAF_SIGNATURE!],
  [/unable to get|in certificate chain/i, SENTENCES.SELF_SIGNED_CERT_IN_CHAIN!],
  [/self-signed certificate/i, SENTENCES.DEPTH_ZERO_SELF_SIGNED_CERT!],
  [
    /(key|MD) too weak/i,
    "The source's certificate is too weak: its key is short, or its signature outdated.",
  ],
  [CERTIFICATE_ASKED, 'The source requires a client certificate, which Sallyport cannot present.'],
  // What a server of TLS 1.2 says for want of either.
  [
    /alert handshake failure/i,
    'The source refused the TLS connection. It may require a client certificate, or offer only outdated ciphers.',
  ],
  // What answers in plain text begins with no version of TLS.
  [/does not support (SSL|secure)|wrong version number/i, 'The source does not offer TLS.'],
  [
    /alert protocol version|unsupported protocol/i,
    'The source offers only versions of TLS that are older than 1.2.',
  ],
];

/** The source has read nothing of what was sent: it had asked for a certificate that did not come. */
export const asksForCertificate = (error: unknown): boolean =>
  CERTIFICATE_ASKED.test((error as { message?: string }).message ?? '');

/** Says a failure of TLS in a sentence, or undefined when the error is something else. */
export function tlsFailure(error: unknown): ConnectorError | undefined {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const sentence =
    SENTENCES[code] ??
    BY_WORDS.find(([words]) => words.test(message))?.[1] ??
    (/^ERR_(SSL|TLS|OSSL)|^EPROTO|^HANDSHAKE_|SSL connection|secure connection/i.test(`${code} ${message}`)
      ? 'A TLS connection to the source could not be established.'
      : undefined);
  return sentence === undefined
    ? undefined
    : new ConnectorError('source_tls_failed', sentence, { cause: error });
}
