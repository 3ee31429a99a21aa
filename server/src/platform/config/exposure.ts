import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config, TlsFiles } from './config.ts';
import { isAddress } from './parse.ts';

/** How the settings that decide who can reach the server, and over what, contradict each other. */
export function exposureProblems(config: Config): readonly string[] {
  const { listen, tls, givenBaseUrl: base, behindTlsProxy } = config;
  const problems: string[] = [];
  if (!listen.loopback && tls === null && !behindTlsProxy)
    problems.push(
      'SALLYPORT_LISTEN is reachable from other machines, and plain HTTP would show passwords to the network. Set SALLYPORT_TLS_CERT and SALLYPORT_TLS_KEY, or SALLYPORT_BEHIND_TLS_PROXY=yes if a proxy terminates TLS.',
    );
  if ((!listen.loopback || behindTlsProxy) && base === null)
    problems.push(
      'SALLYPORT_BASE_URL is not set, and the address that people use cannot be derived from SALLYPORT_LISTEN. Set it, for example to https://sallyport.example.com.',
    );
  if (behindTlsProxy && config.trustedProxies.length === 0)
    problems.push(
      'SALLYPORT_BEHIND_TLS_PROXY is yes, but SALLYPORT_TRUSTED_PROXIES does not say which addresses the proxy has. Set it, for example to 127.0.0.1.',
    );
  if (behindTlsProxy && tls !== null)
    problems.push('SALLYPORT_BEHIND_TLS_PROXY and SALLYPORT_TLS_CERT exclude each other. Remove one.');
  if (base !== null && (base.protocol === 'https:') !== (tls !== null || behindTlsProxy))
    problems.push(
      base.protocol === 'https:'
        ? 'SALLYPORT_BASE_URL is https, but nothing serves TLS. Set SALLYPORT_TLS_CERT and SALLYPORT_TLS_KEY, or SALLYPORT_BEHIND_TLS_PROXY=yes.'
        : 'SALLYPORT_BASE_URL is http, but the server is reached over TLS. Write it with https.',
    );
  if (config.httpRedirect !== null && (tls === null || base === null))
    problems.push(
      'SALLYPORT_HTTP_REDIRECT goes with SALLYPORT_TLS_CERT and SALLYPORT_BASE_URL. Set them too, or remove it.',
    );
  if (tls !== null) problems.push(...certificateProblems(tls));
  return problems;
}

function certificateProblems(tls: TlsFiles): readonly string[] {
  const read = (file: string): string | undefined => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  };
  const cert = read(tls.certFile);
  const key = read(tls.keyFile);
  if (cert === undefined)
    return [
      `SALLYPORT_TLS_CERT: ${tls.certFile} cannot be read. Give the path of a PEM file that Sallyport can read.`,
    ];
  if (key === undefined)
    return [
      `SALLYPORT_TLS_KEY: ${tls.keyFile} cannot be read. Give the path of a PEM file that Sallyport can read.`,
    ];
  try {
    // Each by itself: the first alone is read from a text of several.
    const [certificate] = cert
      .split(/(?=-----BEGIN CERTIFICATE-----)/)
      .filter((text) => text.startsWith('-----BEGIN CERTIFICATE'))
      .map((text) => new X509Certificate(text));
    if (certificate === undefined) throw new Error('no certificate');
    if (!certificate.checkPrivateKey(createPrivateKey(key)))
      return [
        'SALLYPORT_TLS_KEY is not the key of the first certificate in SALLYPORT_TLS_CERT. Use a matching pair; in the file, the server’s certificate comes first and its chain after it.',
      ];
    if (Date.parse(certificate.validTo) < Date.now())
      return [`SALLYPORT_TLS_CERT expired on ${certificate.validTo}. Renew it.`];
    if (Date.parse(certificate.validFrom) > Date.now())
      return [
        `SALLYPORT_TLS_CERT is not valid before ${certificate.validFrom}. Use the current certificate, or correct the clock of this machine.`,
      ];
    return [];
  } catch {
    return [
      'SALLYPORT_TLS_CERT and SALLYPORT_TLS_KEY must be a certificate, whole with its chain, and its unencrypted private key in PEM.',
    ];
  }
}

/** Of a certificate that can be served and that browsers would refuse; undefined when it fits, or a proxy in front may know better. */
export function certificateDoubt({ tls, givenBaseUrl: base }: Config): string | undefined {
  if (tls === null || base === null) return undefined;
  const certificate = new X509Certificate(readFileSync(tls.certFile));
  const host = base.hostname.replace(/^\[|\]$/g, '');
  const fits = isAddress(host) ? certificate.checkIP(host) : certificate.checkHost(host);
  if (fits !== undefined) return undefined;
  return `SALLYPORT_TLS_CERT is not for ${host}, the host of SALLYPORT_BASE_URL: browsers will refuse it, unless a proxy in front presents another one.`;
}
