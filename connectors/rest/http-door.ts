import type { Dispatcher } from 'undici';
import { checkedAuthority } from '../authority.ts';
import { ConnectorError, type Dial } from '../port.ts';
import { targetClosed } from '../target-closed.ts';

export interface TlsChoice {
  readonly verify: boolean;
  readonly ca: string | undefined;
}

/** Given as a request's `opaque`: hears that it has a connection, and that from now on its bytes may have left. */
export interface Departure {
  leaving(): void;
}

/** What sends requests to one origin. */
export interface Http {
  request(options: Dispatcher.RequestOptions<Departure>): Promise<Dispatcher.ResponseData<Departure>>;
  /** Ends every connection, and each request on one. */
  destroy(): Promise<void>;
}

/** To one origin at once. */
export const CONNECTIONS = 8;

/** Keep-alive connections to one origin, each opened by the guard; TLS 1.2 or later on top. */
export function openHttp(origin: string, dial: Dial, tls: TlsChoice): Http {
  let opened: Promise<Dispatcher> | undefined;
  let closed = false;
  return {
    request: async (options) => {
      if (closed) throw targetClosed();
      opened ??= openPool(origin, dial, tls);
      return (await opened).request(options);
    },
    destroy: async () => {
      closed = true;
      await (await opened)?.destroy();
    },
  };
}

/** Its library is loaded by the first request: it costs memory, and time of every start, that nodes without an API never need. */
async function openPool(origin: string, dial: Dial, tls: TlsChoice): Promise<Dispatcher> {
  const { buildConnector, Pool: HttpPool } = await import('undici');
  // What the server gave with the last handshake spares the next one its certificate: connections end after seconds.
  let session: Buffer | undefined;
  const secure = () => {
    const ca = checkedAuthority(tls.ca);
    return buildConnector({
      rejectUnauthorized: tls.verify,
      minVersion: 'TLSv1.2',
      timeout: 8_000,
      allowH2: false,
      maxCachedSessions: 0,
      session,
      ...(ca === undefined ? {} : { ca }),
    });
  };
  const pool = new HttpPool(origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    // Each request has its own deadline; these are for one that has none.
    headersTimeout: 610_000,
    bodyTimeout: 610_000,
    connect: (options, callback) => {
      const https = options.protocol === 'https:';
      const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
      dial(host, Number(options.port) || (https ? 443 : 80))
        .then((socket) => {
          if (https)
            secure()({ ...options, httpSocket: socket as never }, (...made) => {
              const [failure, opened] = made;
              if (failure === null && 'getSession' in opened) {
                session = opened.getSession();
                // TLS 1.3 gives one only after the handshake.
                opened.on('session', (given) => {
                  session = given;
                });
                // What the source says of TLS; the end that follows would be told in its place.
                opened.once('error', () => opened.destroy());
              }
              callback(...made);
            });
          else callback(null, socket as never);
        })
        .catch((error: unknown) => {
          const failure = error instanceof Error ? error : new ConnectorError('source_unreachable');
          callback(failure, null);
        });
    },
  });
  return pool.compose(tellDeparture);
}

const tellDeparture: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { opaque } = options as { readonly opaque?: Departure };
  if (opaque === undefined) return dispatch(options, handler);
  return dispatch(options, {
    onRequestStart: (controller, context) => {
      opaque.leaving();
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
    onResponseStart: (...given) => handler.onResponseStart?.(...given),
    onResponseData: (...given) => handler.onResponseData?.(...given),
    onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
    onResponseError: (...given) => handler.onResponseError?.(...given),
  });
};
