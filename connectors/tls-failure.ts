import { ConnectorError } from './port.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "The source's certificate has expired.",
  CERT_NOT_YET_VALID: "The source's certificate is not valid yet.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "The source's certificate is self-signed. Add its CA certificate, or choose “encrypt”.",
  SELF_SIGNED_CERT_IN_CHAIN: "The source's certificate is from an unknown authority. Add its CA certificate.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "The source's certificate is from an unknown authority. Add its CA certificate.",
  UNABLE_TO_GET_ISSUER_CERT: "The source's certificate is from an unknown authority. Add its CA certificate.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "The source's certificate is from an unknown authority. Add its CA certificate.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The source's certificate is for a different host name.",
};

/** Some drivers keep the words of a failure and lose its code. */
const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/certificate has expired/i, SENTENCES.CERT_HAS_EXPIRED!],
  [/not yet valid/i, SENTENCES.CERT_NOT_YET_VALID!],
  [/does not match certificate/i, SENTENCES.ERR_TLS_CERT_ALTNAME_INVALID!],
  [/unable to (verify|get)|in certificate chain/i, SENTENCES.UNABLE_TO_VERIFY_LEAF_SIGNATURE!],
  [/self-signed certificate/i, SENTENCES.DEPTH_ZERO_SELF_SIGNED_CERT!],
  // What answers in plain text begins with no version of TLS.
  [/does not support (SSL|secure)|wrong version number/i, 'The source does not offer TLS.'],
  [
    /alert protocol version|unsupported protocol/i,
    'The source offers only versions of TLS that are older than 1.2.',
  ],
];

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
