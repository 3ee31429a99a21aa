import type { Config } from './config.ts';

/** Where this node can be reached: at what it listens on, and at the address that people use. */
export function listenersOf(
  { listen, httpRedirect }: Config,
  url: URL,
  port: number,
): { readonly what: 'listener'; readonly host: string; readonly port: number }[] {
  const all = [
    { host: listen.host, port },
    {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    },
    ...(httpRedirect === null ? [] : [{ host: httpRedirect.host, port: httpRedirect.port }]),
  ];
  return all.map((one) => ({ what: 'listener', ...one }));
}
