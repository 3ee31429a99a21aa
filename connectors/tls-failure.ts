import { ConnectorError } from './port.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "The source's certificate has expired.",
  CERT_NOT_YET_VALID: "The source's certificate is not valid yet.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "The source's certificate is self-signed; give its authority, or choose “encrypt”.",
  SELF_SIGNED_CERT_IN_CHAIN: "The authority of the source's certificate is not known; give it.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The authority of the source's certificate is not known; give it.",
  UNABLE_TO_GET_ISSUER_CERT: "The authority of the source's certificate is not known; give it.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "The authority of the source's certificate is not known; give it.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The source's certificate is for another name.",
};

/** Says a failure of TLS in a sentence, or undefined when the error is something else. */
export function tlsFailure(error: unknown): ConnectorError | undefined {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const sentence =
    SENTENCES[code] ??
    (/does not support (SSL|secure)/i.test(message) || code === 'HANDSHAKE_NO_SSL_SUPPORT'
      ? 'The source does not offer TLS.'
      : /^ERR_(SSL|TLS)|^EPROTO|SSL connection|secure connection/i.test(`${code} ${message}`)
        ? 'TLS could not be set up with the source.'
        : undefined);
  return sentence === undefined
    ? undefined
    : new ConnectorError('source_tls_failed', sentence, { cause: error });
}
