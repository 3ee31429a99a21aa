import type { ConnectionSettings, Engine } from '@sallyport/contract';

type Tls = 'verify' | 'encrypt' | 'off';

export interface Header {
  readonly name: string;
  readonly value: string;
}

/** The fields of a connection as they are typed; one shape for every engine. */
export interface SettingsDraft {
  readonly engine: Engine;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly baseUrl: string;
  readonly testPath: string;
  readonly headers: readonly Header[];
  readonly tls: Tls;
  readonly ca: string;
}

const ports = { postgres: '5432', mysql: '3306', rest: '' } as const;

export const emptySettings = (engine: Engine): SettingsDraft => ({
  engine,
  host: '',
  port: ports[engine],
  database: '',
  baseUrl: '',
  testPath: '/',
  headers: [],
  tls: 'verify',
  ca: '',
});

/** What was typed, for another engine: its own fields keep what they had, for who comes back. */
export const settingsOfEngine = (draft: SettingsDraft, engine: Engine): SettingsDraft => ({
  ...draft,
  engine,
  port: draft.port === ports[draft.engine] ? ports[engine] : draft.port,
});

export function draftOfSettings(settings: ConnectionSettings): SettingsDraft {
  const empty = emptySettings(settings.engine);
  if (settings.engine === 'rest') {
    const { baseUrl, testPath, headers, tls, ca } = settings;
    return { ...empty, baseUrl, testPath, headers, tls, ca: ca ?? '' };
  }
  const { host, port, database, tls, ca } = settings;
  return { ...empty, host, port: String(port), database, tls, ca: ca ?? '' };
}

const isBlank = ({ name, value }: Header): boolean => name.trim() === '' && value.trim() === '';

/** What is wrong with the name of a header. A row in which nothing was typed is none. */
export function headerProblem(header: Header): string | null {
  if (isBlank(header)) return null;
  const name = header.name.trim();
  if (name === '') return 'Enter a name for this value, or remove the header.';
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) ? null : 'Use only letters, digits and hyphens.';
}

export function settingsFrom(draft: SettingsDraft): ConnectionSettings {
  const ca = draft.ca.trim() === '' ? {} : { ca: draft.ca };
  if (draft.engine === 'rest') {
    return {
      engine: 'rest',
      baseUrl: draft.baseUrl.trim(),
      tls: draft.tls === 'off' ? 'encrypt' : draft.tls,
      headers: draft.headers
        .filter((header) => !isBlank(header))
        .map(({ name, value }) => ({ name: name.trim(), value })),
      testPath: draft.testPath || '/',
      ...ca,
    };
  }
  const { engine, tls } = draft;
  return { engine, host: draft.host.trim(), port: Number(draft.port), database: draft.database, tls, ...ca };
}

/** What is wrong with the fields, by field; the server judges again. */
export function settingsErrors(draft: SettingsDraft): Partial<Record<keyof SettingsDraft, string>> {
  if (draft.engine === 'rest') {
    const url = URL.canParse(draft.baseUrl) ? new URL(draft.baseUrl) : undefined;
    if (!url || !/^https?:$/.test(url.protocol))
      return { baseUrl: 'Enter an address that starts with https:// or http://.' };
    if (url.username || url.password)
      return { baseUrl: 'Do not put a credential in the address. Enter it below, where it is encrypted.' };
    const header = draft.headers.map(headerProblem).find((problem) => problem !== null);
    return header === undefined ? {} : { headers: header };
  }
  const port = Number(draft.port);
  return {
    ...(draft.host.trim() === '' ? { host: 'Enter a host name or address, such as db.internal.' } : {}),
    ...(/[/@\s]/.test(draft.host.trim())
      ? { host: 'Enter only the host, without a scheme, user or path.' }
      : {}),
    ...(!Number.isInteger(port) || port < 1 || port > 65_535
      ? { port: 'Enter a port from 1 to 65535.' }
      : {}),
    ...(draft.database === '' ? { database: 'Enter the name of the database.' } : {}),
  };
}

/** Where a credential would be bound: another value voids it. */
export function bindingOf(draft: SettingsDraft): string {
  if (draft.engine !== 'rest') return `${draft.engine}://${draft.host.trim()}:${draft.port}`;
  return URL.canParse(draft.baseUrl) ? new URL(draft.baseUrl).origin : draft.baseUrl;
}
