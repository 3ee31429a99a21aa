import type { Secret } from '../../kernel/secret.ts';
import type { DatabaseConfig } from './database-config.ts';
import type { Listen } from './parse.ts';

/** Everything that the environment decides, validated; the whole program takes it from here. */
export interface Config {
  readonly dataDirectory: string;
  readonly listen: Listen;
  /** Null while it is to be made from the address that the server really listens on: see `baseUrl`. */
  readonly givenBaseUrl: URL | null;
  readonly tls: TlsFiles | null;
  readonly httpRedirect: Listen | null;
  readonly behindTlsProxy: boolean;
  readonly trustedProxies: readonly string[];
  readonly database: DatabaseConfig;
  /** Undefined: the vault keeps a file in the data directory. */
  readonly rootKey: Secret | undefined;
  /** The root key until now, which the other one takes over from at this start. */
  readonly previousRootKey: Secret | undefined;
  readonly egress: {
    readonly allow: readonly string[];
    readonly deny: readonly string[];
    /** Whether a source may be on this machine. */
    readonly loopback: 'auto' | 'allow' | 'refuse';
    /** Nobody but this machine reaches the server: `auto` then allows sources here. */
    readonly onlyThisMachine: boolean;
  };
  readonly publicRate: number;
  /** Between SIGTERM and the stop. */
  readonly drainSeconds: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** The origin that people use, once the port is known. */
export function baseUrl(config: Config, port: number): URL {
  if (config.givenBaseUrl !== null) return config.givenBaseUrl;
  const host = config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host;
  return new URL(`${config.tls === null ? 'http' : 'https'}://${host}:${port}`);
}
