import { ConnectorError } from '@sallyport/connectors/port.ts';
import pino from 'pino';
import { Secret } from '../../kernel/secret.ts';
import { standardOutput } from './standard-output.ts';

/** Where a part writes what an operator should know. Details are data; the message is a sentence without values. */
export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

const HIDDEN = new Set(
  [
    'authorization',
    'proxyAuthorization',
    'cookie',
    'cookies',
    'setCookie',
    'password',
    'passwd',
    'secret',
    'token',
    'accessToken',
    'refreshToken',
    'csrfToken',
    'clientSecret',
    'apiKey',
    'privateKey',
    'credential',
    'credentials',
    'connectionString',
    'dsn',
    'otp',
    'recoveryCodes',
    'rootKey',
    'parameters',
    'arguments',
    'rows',
  ].map(plain),
);
const DEEPEST = 8;
const WARN = 40;
/** user:password@ in any address, also inside a driver's error message. */
const USER_INFO = /:\/\/[^\s/@:]*(?::[^\s/]*)?@/g;

/**
 * The log: JSON lines on standard output. Fields by the names above, `Secret`s, and the user part of every address are
 * replaced wherever they stand; an error keeps its type, message, code and stack, and nothing that a driver hung on it.
 * Of what a source said, only type and code: its sentences may hold rows, arguments and credentials.
 */
export function openLog(
  level: pino.Level,
  destination: pino.DestinationStream & { flush?(): void } = standardOutput(),
): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (details) => hide(details, 0) as Record<string, unknown>,
    },
    serializers: { err: (error: unknown) => hide(error, 0) },
    hooks: {
      logMethod(args, method, of) {
        const safe = args.map((one) => (typeof one === 'string' ? withoutUserInfo(one) : one));
        method.apply(this, safe as Parameters<typeof method>);
        if (of >= WARN) destination.flush?.();
      },
    },
  };
  const log = pino(options, destination);
  // Pino formats no bindings of a child; every child inherits this.
  const { child } = log;
  log.child = function (this: pino.Logger, bindings: pino.Bindings, more?: pino.ChildLoggerOptions) {
    return Reflect.apply(child, this, [hide(bindings, 0), more]);
  } as typeof log.child;
  return log;
}

const withoutUserInfo = (text: string): string => text.replace(USER_INFO, '://…@');

function hide(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutUserInfo(value);
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? String(value) : value;
  if (value instanceof Secret) return '…';
  if (depth > DEEPEST) return '…';
  if (value instanceof Error) return errorOf(value, depth);
  if (value instanceof Date) return value;
  if (value instanceof URL) return hide(value.href, depth);
  if (Buffer.isBuffer(value) || ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.map((item) => hide(item, depth + 1));
  const shown: Record<string, unknown> = {};
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(fields)) {
    if (name !== '__proto__') shown[name] = hidden(name) ? '…' : hide(fields[name], depth + 1);
  }
  return shown;
}

function errorOf(error: Error, depth: number): object {
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: hide(error.message, depth),
    ...(typeof code === 'string' ? { code } : {}),
    stack: hide(error.stack ?? '', depth),
    ...(cause === undefined
      ? {}
      : { cause: error instanceof ConnectorError ? kindOf(cause) : hide(cause, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: hide(error.errors, depth + 1) } : {}),
  };
}

/** The name and the code of what a source or its driver threw. */
function kindOf(thrown: unknown): object {
  const { name, code } = (thrown ?? {}) as { name?: unknown; code?: unknown };
  return {
    type: typeof name === 'string' ? name : typeof thrown,
    ...(typeof code === 'string' ? { code } : {}),
  };
}

/** Fields that our own code logs are few; of other names no more are remembered than these few. */
const asked = new Map<string, boolean>();
const ASKED = 500;

function hidden(name: string): boolean {
  const before = asked.get(name);
  if (before !== undefined) return before;
  const found = HIDDEN.has(plain(name));
  if (asked.size < ASKED) asked.set(name, found);
  return found;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}
